{# Values of people who typed what they liked: what is none of the type is null, never an error. #}

{# 2026-03-01 and 01/03/2026, with or without a time; only days that the calendar has. #}
{% macro as_date(text) -%}
    substring(regexp_replace(trim({{ text }}), '^(\d\d)/(\d\d)/(\d{4})', '\3-\2-\1') from
        '^((?:\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|02-(?:0[1-9]|1\d|2[0-8])))|(?:\d\d(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)-02-29)(?![0-9])')::date
{%- endmacro %}

{# 1200.5 and $1,200.50 #}
{% macro as_number(text) -%}
    substring(translate({{ text }}, ',$ ', '') from '^(-?\d{1,15}(?:\.\d{1,8})?)$')::numeric
{%- endmacro %}

{% macro as_boolean(text) -%}
    case when lower(trim({{ text }})) in ('true', 't', 'yes', 'y', '1') then true when lower(trim({{ text }})) in ('false', 'f', 'no', 'n', '0') then false end
{%- endmacro %}
