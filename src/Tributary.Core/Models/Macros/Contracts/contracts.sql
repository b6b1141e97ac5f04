{# A model's contract: its columns compared with those that its YAML promises, and a table made with their types and constraints. #}

{% macro get_assert_columns_equivalent(sql) -%}
    {{ adapter.dispatch('get_assert_columns_equivalent', 'dbt')(sql) }}
{%- endmacro %}

{% macro default__get_assert_columns_equivalent(sql) -%}
    {{ return(assert_columns_equivalent(sql)) }}
{%- endmacro %}

{# Stops the node with a table of the differences; writes nothing. #}
{% macro assert_columns_equivalent(sql) -%}
    {%- set promised = model['columns'] -%}
    {%- if not promised -%}
        {%- do exceptions.raise_contract_error([], []) -%}
    {%- endif -%}
    {%- set given = format_columns(get_column_schema_from_query(sql, config.get('sql_header', none))) -%}
    {%- set wanted = format_columns(get_column_schema_from_query(get_empty_schema_sql(promised))) -%}
    {%- if given | map(attribute='formatted') | sort | list != wanted | map(attribute='formatted') | sort | list -%}
        {%- do exceptions.raise_contract_error(wanted, given) -%}
    {%- endif -%}
{%- endmacro %}

{% macro format_columns(columns) -%}
    {%- set formatted = [] -%}
    {%- for column in columns -%}
        {%- do formatted.append(adapter.dispatch('format_column', 'dbt')(column)) -%}
    {%- endfor -%}
    {{ return(formatted) }}
{%- endmacro %}

{# Types count by what a client sees of them: text and varchar are one, integer and bigint are not. #}
{% macro default__format_column(column) -%}
    {{ return({'name': column.name, 'data_type': column.data_type, 'formatted': column.column | lower ~ ' ' ~ adapter.client_type(column.dtype)}) }}
{%- endmacro %}

{# A query without rows that has the columns of a contract. #}
{% macro get_empty_schema_sql(columns) -%}
    {{ adapter.dispatch('get_empty_schema_sql', 'dbt')(columns) }}
{%- endmacro %}

{% macro default__get_empty_schema_sql(columns) -%}
    {%- set untyped = columns.values() | rejectattr('data_type') | map(attribute='name') | list -%}
    {%- if untyped -%}
        {%- do exceptions.column_type_missing(column_names=untyped) -%}
    {%- endif -%}
    {%- set bare = [] -%}
    {%- for column in columns.values() if column.data_type | trim | lower in ['numeric', 'decimal', 'number'] -%}
        {%- do bare.append(column.name) -%}
    {%- endfor -%}
    {%- if bare -%}
        {%- do exceptions.warn('the contract gives ' ~ bare | join(', ') ~ ' a numeric type without precision and scale, so that any number of digits is kept') -%}
    {%- endif -%}
    select
    {%- for column in columns.values() %}
        {{ cast('null', contract_data_type(column)) }} as {{ contract_column_name(column) }}{{ ',' if not loop.last }}
    {%- endfor %}
{%- endmacro %}

{% macro contract_column_name(column) -%}
    {{ return(adapter.quote(column.name) if column.get('quote') else column.name) }}
{%- endmacro %}

{# A type by a name that all databases share is PostgreSQL's, unless alias_types forbids it. #}
{% macro contract_data_type(column) -%}
    {{ return(column.data_type if (config.get('contract') or {}).get('alias_types', true) is false else api.Column.translate_type(column.data_type)) }}
{%- endmacro %}

{% macro get_table_columns_and_constraints() -%}
    {{ adapter.dispatch('get_table_columns_and_constraints', 'dbt')() }}
{%- endmacro %}

{% macro default__get_table_columns_and_constraints() -%}
    {{ return(table_columns_and_constraints()) }}
{%- endmacro %}

{% macro table_columns_and_constraints() -%}
    (
        {{ (adapter.render_raw_columns_constraints(raw_columns=model['columns']) + adapter.render_raw_model_constraints(raw_constraints=model['constraints'])) | join(',\n        ') }}
    )
{%- endmacro %}

{# The names of the contract's columns, in its order. #}
{% macro get_column_names() -%}
    {{ adapter.dispatch('get_column_names', 'dbt')() }}
{%- endmacro %}

{% macro default__get_column_names() -%}
    {%- for column in model['columns'].values() -%}
        {{ contract_column_name(column) }}{{ ', ' if not loop.last }}
    {%- endfor -%}
{%- endmacro %}

{% macro get_select_subquery(sql) -%}
    {{ return(adapter.dispatch('get_select_subquery', 'dbt')(sql)) }}
{%- endmacro %}

{% macro default__get_select_subquery(sql) -%}
    select {{ adapter.dispatch('get_column_names', 'dbt')() }}
    from (
        {{ sql }}
    ) as model_subq
{%- endmacro %}
