{# Schemas are named as they are: cht, forms, use, and not cht_forms. #}
{% macro generate_schema_name(custom_schema_name=none, node=none) -%}
    {{ (custom_schema_name or target.schema) | trim }}
{%- endmacro %}
