{# The day in the project's zone. #}
{% macro local_day(moment) -%}
    ({{ moment }} at time zone '{{ var('zone') }}')::date
{%- endmacro %}
