{# The day of an instant in the project's zone. #}
{% macro local_day(instant) -%}
    ({{ instant }} at time zone '{{ var("zone") }}')::date
{%- endmacro %}
