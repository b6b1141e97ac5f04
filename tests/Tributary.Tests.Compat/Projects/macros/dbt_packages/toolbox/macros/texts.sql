{# Text, and blocks that others fill. #}

{% macro slug(text) %}{{ return(modules.re.sub('[^a-z0-9]+', '_', text | lower).strip('_')) }}{% endmacro %}

{% macro reversed_text(text) %}{{ return('' if not text else toolbox.reversed_text(text[1:]) ~ text[0]) }}{% endmacro %}

{% macro is_palindrome(text) %}
    {%- set letters = modules.re.sub('[^a-z]', '', text.lower()) -%}
    {{ return(letters == toolbox.reversed_text(letters)) }}
{% endmacro %}

{% macro pad(text, width, fill='0') %}{{ return(fill * (width - text | string | length) ~ text) }}{% endmacro %}

{% macro initials(name) %}
    {%- for word in name.split() -%}{{ word[0] | upper }}{{ '.' if not loop.last }}{%- endfor -%}
{% endmacro %}

{% macro wrapped(open='(', close=')') -%}{{ open }}{{ caller() | trim }}{{ close }}{%- endmacro %}

{% macro each(items, separator=', ') -%}
    {%- for item in items -%}{{ caller(item, loop.index) }}{{ separator if not loop.last }}{%- endfor -%}
{%- endmacro %}

{% macro twice() -%}{{ caller() }}{{ caller() }}{%- endmacro %}

{% macro case_of(expression, otherwise='null') -%}
    case {{ expression }}{{ caller() }} else {{ otherwise }} end
{%- endmacro %}

{% macro literal(value) -%}
    {%- if value is none -%}null
    {%- elif value is boolean -%}{{ value | lower }}
    {%- elif value is number -%}{{ value }}
    {%- elif value is mapping or value is not string -%}'{{ tojson(value) | replace("'", "''") }}'
    {%- else -%}'{{ value | replace("'", "''") }}'
    {%- endif -%}
{%- endmacro %}

{% macro rows_of(facts) -%}
    {%- for key, value in facts.items() %}
    select {{ loop.index }} as n, {{ toolbox.literal(key) }} as fact, {{ toolbox.literal(value | string) }} as value {{ 'union all' if not loop.last }}
    {%- endfor %}
{%- endmacro %}
