{# Macros that a project may put its own in place of. #}

{% macro describe(thing) %}{{ return(adapter.dispatch('describe', 'toolbox')(thing)) }}{% endmacro %}
{% macro default__describe(thing) %}{{ return('a ' ~ thing) }}{% endmacro %}

{% macro unit(amount) %}{{ return(adapter.dispatch('unit', 'toolbox')(amount)) }}{% endmacro %}
{% macro default__unit(amount) %}{{ return(amount ~ ' units') }}{% endmacro %}
{% macro postgres__unit(amount) %}{{ return(amount ~ ' elephants') }}{% endmacro %}

{% macro greet(name) %}{{ return(adapter.dispatch('greet', macro_namespace='toolbox')(name)) }}{% endmacro %}
{% macro default__greet(name) %}{{ return(var('greeting') ~ ' ' ~ name ~ ', ' ~ var('farewell', 'so long')) }}{% endmacro %}

{% macro bands() %}
    {%- set text -%}
bands:
  - {name: low, to: 3}
  - name: mid
    to: 5
  - name: high
default: none
    {%- endset -%}
    {{ return(fromyaml(text)) }}
{% endmacro %}
