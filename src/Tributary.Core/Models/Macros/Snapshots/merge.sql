{# What was staged goes into a snapshot's table: versions are closed, then new ones open. #}

{% macro snapshot_merge_sql(target, source, insert_cols) -%}
    {{ adapter.dispatch('snapshot_merge_sql', 'dbt')(target, source, insert_cols) }}
{%- endmacro %}

{% macro default__snapshot_merge_sql(target, source, insert_cols) -%}
    {%- set columns = config.get('snapshot_table_column_names') or get_snapshot_table_column_names() -%}
    update {{ target }}
    set {{ columns.dbt_valid_to }} = DBT_INTERNAL_SOURCE.{{ columns.dbt_valid_to }}
    from {{ source }} as DBT_INTERNAL_SOURCE
    where DBT_INTERNAL_SOURCE.{{ columns.dbt_scd_id }}::text = {{ target }}.{{ columns.dbt_scd_id }}::text
      and DBT_INTERNAL_SOURCE.dbt_change_type in ('update', 'delete')
      and {{ snapshot_is_open(target ~ '.' ~ columns.dbt_valid_to, or_null=true) }};

    insert into {{ target }} ({{ insert_cols | join(', ') }})
    select {% for column in insert_cols %}DBT_INTERNAL_SOURCE.{{ column }}{{ ', ' if not loop.last }}{% endfor %}
    from {{ source }} as DBT_INTERNAL_SOURCE
    where DBT_INTERNAL_SOURCE.dbt_change_type = 'insert'
{%- endmacro %}

{% macro create_columns(relation, columns) -%}
    {{ adapter.dispatch('create_columns', 'dbt')(relation, columns) }}
{%- endmacro %}

{% macro default__create_columns(relation, columns) -%}
    {%- for column in columns -%}
        {%- call statement() -%}
            alter table {{ relation }} add column {{ column.quoted }} {{ column.data_type }}
        {%- endcall -%}
    {%- endfor -%}
{%- endmacro %}

{% macro post_snapshot(staging_relation) -%}
    {{ adapter.dispatch('post_snapshot', 'dbt')(staging_relation) }}
{%- endmacro %}

{# A connection outlives its node here, so that its temporary table must go. #}
{% macro default__post_snapshot(staging_relation) -%}
    {%- do run_query('drop table if exists ' ~ staging_relation) -%}
{%- endmacro %}
