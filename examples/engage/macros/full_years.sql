{# Whole years between two days; 29 February counts from 1 March. #}
{% macro full_years(from_day, to_day) -%}
    extract(year from age({{ to_day }}::timestamp, {{ from_day }}::timestamp))::integer
{%- endmacro %}
