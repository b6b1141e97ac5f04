{#
    Any mart as of another day: with the variable `at` every source is read as it was true at that instant, with `known` as it was known then,
    and everything is built into schemas of its own (rpt_at_20260301), beside today's. The target `past` keeps the two apart in the ledger.

        tributary build --target past --as-of 2026-03-01 --vars '{at: "2026-03-01T12:00:00Z", known: "2026-03-05T00:00:00Z"}'
#}
{% macro source(source_name, table_name) -%}
    {%- set relation = builtins.source(source_name, table_name) -%}
    {%- if var('at', none) is none -%}{{ return(relation) }}{%- endif -%}
    {{ return(relation.incorporate(path={'identifier': relation.identifier ~ '_as_of'}) ~ "(" ~ instant(var('at')) ~ ", " ~ instant(var('known', 'infinity')) ~ ")") }}
{%- endmacro %}

{% macro instant(text) -%}
    {{ return(dbt.string_literal(text) ~ '::timestamptz') }}
{%- endmacro %}

{# Schemas are named as they are: kotahi, rpt, staging, and not kotahi_rpt; of another day they say which. #}
{% macro generate_schema_name(custom_schema_name=none, node=none) -%}
    {%- set schema = (custom_schema_name or target.schema) | trim -%}
    {{ schema if var('at', none) is none else schema ~ '_at_' ~ (var('at') | string)[:10].replace('-', '') }}
{%- endmacro %}
