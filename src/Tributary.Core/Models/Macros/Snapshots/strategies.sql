{# How a snapshot finds out that a row changed. A project adds a strategy by a macro snapshot_NAME_strategy. #}

{% macro strategy_dispatch(name) -%}
    {%- set package, plain = name.split('.', 1) if '.' in name else (none, name) -%}
    {%- if package is not none and package not in context -%}
        {%- do exceptions.raise_compiler_error("the snapshot strategy '" ~ name ~ "' names a package '" ~ package ~ "' that is not installed") -%}
    {%- endif -%}
    {%- set macros = context if package is none else context[package] -%}
    {%- set wanted = 'snapshot_' ~ plain ~ '_strategy' -%}
    {%- if wanted not in macros -%}
        {%- do exceptions.raise_compiler_error("there is no snapshot strategy '" ~ name ~ "'; expected timestamp, check, or a macro " ~ wanted) -%}
    {%- endif -%}
    {{ return(macros[wanted]) }}
{%- endmacro %}

{# The id of a version: dbt's hash, to the letter, because tables of dbt are gone on with. #}
{% macro snapshot_hash_arguments(args) -%}
    {{ adapter.dispatch('snapshot_hash_arguments', 'dbt')(args) }}
{%- endmacro %}

{% macro default__snapshot_hash_arguments(args) -%}
    md5({% for arg in args %}coalesce(cast({{ arg }} as varchar), ''){{ " || '|' || " if not loop.last }}{% endfor %})
{%- endmacro %}

{# What both built-in strategies answer. #}
{% macro snapshot_strategy_of(updated_at, row_changed) -%}
    {%- set unique_key = config.get('unique_key') -%}
    {%- set hard_deletes = adapter.get_hard_deletes_behavior(config) -%}
    {{ return({
        'unique_key': unique_key,
        'updated_at': updated_at,
        'row_changed': row_changed,
        'scd_id': snapshot_hash_arguments(api.Relation.scd_args(unique_key, updated_at)),
        'invalidate_hard_deletes': hard_deletes == 'invalidate',
        'hard_deletes': hard_deletes}) }}
{%- endmacro %}

{# The standing version is older than the row says. It is compared with the version's own column, which is there whatever the strategy was before. #}
{% macro snapshot_timestamp_strategy(node, snapshotted_rel, current_rel, model_config, target_exists) -%}
    {%- set columns = config.get('snapshot_table_column_names') or get_snapshot_table_column_names() -%}
    {%- set updated_at = config.get('updated_at') -%}
    {{ return(snapshot_strategy_of(updated_at, '(' ~ snapshotted_rel ~ '.' ~ columns.dbt_valid_from ~ ' < ' ~ current_rel ~ '.' ~ updated_at ~ ')')) }}
{%- endmacro %}

{# One of the chosen columns differs, or one of them is new to the table. #}
{% macro snapshot_check_strategy(node, snapshotted_rel, current_rel, model_config, target_exists) -%}
    {%- set column_added, checked = snapshot_check_all_get_existing_columns(node, target_exists, config.get('check_cols')) -%}
    {%- set differs = [] -%}
    {%- for column in checked -%}
        {%- do differs.append(snapshotted_rel ~ '.' ~ column ~ ' != ' ~ current_rel ~ '.' ~ column
            ~ ' or (' ~ snapshotted_rel ~ '.' ~ column ~ ' is null) != (' ~ current_rel ~ '.' ~ column ~ ' is null)') -%}
    {%- endfor -%}
    {%- set row_changed = get_true_sql() if column_added else differs | join('\n or ') or 'false' -%}
    {{ return(snapshot_strategy_of(config.get('updated_at') or snapshot_get_time(), '(' ~ row_changed ~ ')')) }}
{%- endmacro %}

{# Whether the query has a column to be checked that the table has not, and the quoted names of those that both have. #}
{% macro snapshot_check_all_get_existing_columns(node, target_exists, check_cols_config) -%}
    {%- if not target_exists -%}
        {{ return((false, [])) }}
    {%- endif -%}
    {%- if check_cols_config == 'all' -%}
        {%- set wanted = get_columns_in_query(node['compiled_code']) -%}
    {%- elif check_cols_config is not string and check_cols_config is iterable and check_cols_config | length > 0 -%}
        {%- set wanted = get_columns_in_query('select ' ~ check_cols_config | join(', ') ~ ' from (\n' ~ node['compiled_code'] ~ '\n) as checked') -%}
    {%- else -%}
        {%- do exceptions.raise_compiler_error("check_cols is '" ~ check_cols_config ~ "'; expected 'all' or a list of columns") -%}
    {%- endif -%}
    {%- set standing = adapter.get_columns_in_relation(this) | map(attribute='name') | list -%}
    {%- set common = [] -%}
    {%- for column in wanted if column in standing -%}
        {%- do common.append(adapter.quote(column)) -%}
    {%- endfor -%}
    {{ return((common | length < wanted | length, common)) }}
{%- endmacro %}
