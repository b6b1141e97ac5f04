{# A CSV file of the project as a table. Always loaded whole, beside, by COPY; where the project has a macro of its own for a part of it, where it stands. #}
{% materialization seed, default %}
    {%- set target_relation = this.incorporate(type='table') -%}
    {%- set existing = load_cached_relation(this) -%}
    {%- set in_place = adapter.is_replaced('create_csv_table', 'reset_csv_table', 'load_csv_rows') -%}
    {%- set building = target_relation if in_place else adapter.building_for(target_relation, existing) -%}
    {%- do run_hooks(pre_hooks, inside_transaction=false) -%}
    {%- do run_hooks(pre_hooks, inside_transaction=true) -%}
    {%- if in_place -%}
        {%- set rows = seed_in_place(existing) -%}
    {%- else -%}
        {%- call statement() -%}
            {{ seed_table_sql(building, seed) }}
        {%- endcall -%}
        {%- set rows = adapter.copy_seed(building) -%}
    {%- endif -%}
    {%- set code = 'CREATE' if should_full_refresh() else 'INSERT' -%}
    {%- do noop_statement('main', code ~ ' ' ~ rows, code, rows) -%}
    {%- if not in_place or existing is none or should_full_refresh() -%}
        {%- do create_indexes(building) -%}
    {%- endif -%}
    {%- do adapter.publish(building, target_relation) -%}
    {%- do persist_docs(target_relation, model) -%}
    {%- do apply_grants(target_relation, config.get('grants')) -%}
    {%- do run_hooks(post_hooks, inside_transaction=true) -%}
    {%- do run_hooks(post_hooks, inside_transaction=false) -%}
    {{ return({'relations': [target_relation]}) }}
{% endmaterialization %}

{% macro seed_table_sql(relation, columns) -%}
    create table {{ relation }} (
        {%- for column in columns %}
        {{ adapter.quote_seed_column(column.name, config.get('quote_columns')) }} {{ column.data_type }}{{ ',' if not loop.last }}
        {%- endfor %}
    )
{%- endmacro %}

{# dbt's way, for projects that put a macro in the place of one of its steps: made or emptied, then filled, in one transaction. #}
{% macro seed_in_place(existing) -%}
    {%- if existing is not none and not existing.is_table -%}
        {%- do exceptions.raise_compiler_error("the seed's place " ~ existing ~ " is taken by a " ~ existing.type) -%}
    {%- endif -%}
    {%- set agate_table = load_agate_table() -%}
    {%- do store_result('agate_table', response='OK', agate_table=agate_table) -%}
    {%- if existing is none -%}
        {%- do create_csv_table(model, agate_table) -%}
    {%- else -%}
        {%- do reset_csv_table(model, should_full_refresh(), existing, agate_table) -%}
    {%- endif -%}
    {%- do load_csv_rows(model, agate_table) -%}
    {{ return(agate_table.rows | length) }}
{%- endmacro %}

{% macro create_csv_table(model, agate_table) -%}
    {{ adapter.dispatch('create_csv_table', 'dbt')(model, agate_table) }}
{%- endmacro %}

{% macro default__create_csv_table(model, agate_table) -%}
    {%- set sql = seed_table_sql(this, seed) -%}
    {%- call statement() -%}
        {{ sql }}
    {%- endcall -%}
    {{ return(sql) }}
{%- endmacro %}

{% macro reset_csv_table(model, full_refresh, old_relation, agate_table) -%}
    {{ adapter.dispatch('reset_csv_table', 'dbt')(model, full_refresh, old_relation, agate_table) }}
{%- endmacro %}

{% macro default__reset_csv_table(model, full_refresh, old_relation, agate_table) -%}
    {%- if full_refresh -%}
        {%- do adapter.drop_relation(old_relation) -%}
        {{ return(create_csv_table(model, agate_table)) }}
    {%- endif -%}
    {%- do adapter.truncate_relation(old_relation) -%}
    {{ return('truncate table ' ~ old_relation) }}
{%- endmacro %}

{% macro load_csv_rows(model, agate_table) -%}
    {{ adapter.dispatch('load_csv_rows', 'dbt')(model, agate_table) }}
{%- endmacro %}

{% macro default__load_csv_rows(model, agate_table) -%}
    {%- do adapter.copy_seed(this) -%}
    {{ return('copy ' ~ this ~ ' from stdin') }}
{%- endmacro %}

{# What projects' own macros for seeds call. #}
{% macro get_batch_size() -%}{{ return(adapter.dispatch('get_batch_size', 'dbt')()) }}{%- endmacro %}
{% macro default__get_batch_size() -%}{{ return(10000) }}{%- endmacro %}

{% macro get_binding_char() -%}{{ return(adapter.dispatch('get_binding_char', 'dbt')()) }}{%- endmacro %}
{% macro default__get_binding_char() -%}{{ return('%s') }}{%- endmacro %}

{% macro get_csv_sql(create_or_truncate_sql, insert_sql) -%}{{ return(adapter.dispatch('get_csv_sql', 'dbt')(create_or_truncate_sql, insert_sql)) }}{%- endmacro %}
{% macro default__get_csv_sql(create_or_truncate_sql, insert_sql) -%}
    {{ create_or_truncate_sql }};
    {{ insert_sql }}
{%- endmacro %}

{% macro get_seed_column_quoted_csv(model, column_names) -%}
    {%- set names = [] -%}
    {%- for name in column_names -%}
        {%- do names.append(adapter.quote_seed_column(name, model['config'].get('quote_columns', none))) -%}
    {%- endfor -%}
    {{ return(names | join(', ')) }}
{%- endmacro %}
