{# The names of a snapshot's own columns, and its unique key as columns of a query. #}

{% macro get_snapshot_table_column_names() -%}
    {{ return(adapter.dispatch('get_snapshot_table_column_names', 'dbt')()) }}
{%- endmacro %}

{% macro default__get_snapshot_table_column_names() -%}
    {%- set names = {} -%}
    {%- for name in ['dbt_valid_from', 'dbt_valid_to', 'dbt_scd_id', 'dbt_updated_at', 'dbt_is_deleted'] -%}
        {%- do names.update({name: name}) -%}
    {%- endfor -%}
    {{ return(names) }}
{%- endmacro %}

{% macro unique_key_fields(unique_key) -%}
    {%- if unique_key is string -%}
        {{ unique_key }} as dbt_unique_key
    {%- else -%}
        {%- for key in unique_key -%}
            {{ key }} as dbt_unique_key_{{ loop.index }}{{ ', ' if not loop.last }}
        {%- endfor -%}
    {%- endif -%}
{%- endmacro %}

{% macro unique_key_join_on(unique_key, identifier, from_identifier) -%}
    {%- if unique_key is string -%}
        {{ identifier }}.dbt_unique_key = {{ from_identifier }}.dbt_unique_key
    {%- else -%}
        {%- for key in unique_key -%}
            {{ equals(identifier ~ '.dbt_unique_key_' ~ loop.index, from_identifier ~ '.dbt_unique_key_' ~ loop.index) }}{{ ' and ' if not loop.last }}
        {%- endfor -%}
    {%- endif -%}
{%- endmacro %}

{% macro unique_key_is_null(unique_key, identifier) -%}
    {{ identifier }}.dbt_unique_key{{ '' if unique_key is string else '_1' }} is null
{%- endmacro %}

{% macro unique_key_is_not_null(unique_key, identifier) -%}
    {{ identifier }}.dbt_unique_key{{ '' if unique_key is string else '_1' }} is not null
{%- endmacro %}

{# Until when a version that has no successor is valid: the null of the right type, or what dbt_valid_to_current says. #}
{% macro get_dbt_valid_to_current(strategy, columns) -%}
    coalesce(nullif({{ strategy.updated_at }}, {{ strategy.updated_at }}), {{ config.get('dbt_valid_to_current') or 'null' }}) as {{ columns.dbt_valid_to }}
{%- endmacro %}

{% macro get_true_sql() -%}
    {{ adapter.dispatch('get_true_sql', 'dbt')() }}
{%- endmacro %}

{% macro default__get_true_sql() -%}true{%- endmacro %}
