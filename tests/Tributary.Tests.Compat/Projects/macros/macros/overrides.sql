{# What this project puts in place of the toolbox's. #}

{% macro default__describe(thing) %}{{ return('one ' ~ thing ~ ' of the clinic') }}{% endmacro %}

{% macro default__greet(name) %}{{ return(toolbox.default__greet(name | title) ~ '!') }}{% endmacro %}

{% macro postgres__concat(fields) -%}concat_ws('-', {{ fields | join(', ') }}){%- endmacro %}

{% macro ref(model_name) %}
    {%- set relation = builtins.ref(model_name) -%}
    {{ return(relation if kwargs.get('full', true) else relation.include(database=false)) }}
{% endmacro %}
