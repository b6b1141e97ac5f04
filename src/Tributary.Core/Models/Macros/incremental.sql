{# How an incremental model adds its new rows to the table that stands. #}

{% macro incremental_validate_on_schema_change(on_schema_change, default='ignore') -%}
    {%- set known = ['ignore', 'fail', 'append_new_columns', 'sync_all_columns'] -%}
    {%- set wanted = default if on_schema_change is none else on_schema_change -%}
    {%- if wanted not in known -%}
        {%- do exceptions.raise_compiler_error("on_schema_change is '" ~ wanted ~ "'; expected one of " ~ known | join(', ')) -%}
    {%- endif -%}
    {{ return(wanted) }}
{%- endmacro %}

{# The columns to fill, after the table was brought in line with the query as on_schema_change says; empty = all as they are. #}
{% macro process_schema_changes(on_schema_change, source_relation, target_relation) -%}
    {%- if on_schema_change == 'ignore' -%}
        {{ return([]) }}
    {%- endif -%}
    {%- set arriving = adapter.get_columns_in_relation(source_relation) -%}
    {%- set standing = adapter.get_columns_in_relation(target_relation) -%}
    {%- set added = diff_columns(arriving, standing) -%}
    {%- set removed = diff_columns(standing, arriving) -%}
    {%- set retyped = diff_column_data_types(arriving, standing) -%}
    {%- if on_schema_change == 'fail' and (added or removed or retyped) -%}
        {%- do exceptions.raise_compiler_error(
            'the columns of ' ~ target_relation ~ ' and of its query differ and on_schema_change is fail: '
            ~ 'new [' ~ added | map(attribute='name') | join(', ') ~ '], gone [' ~ removed | map(attribute='name') | join(', ')
            ~ '], other type [' ~ retyped | map(attribute='column_name') | join(', ')
            ~ ']. Build it with --full-refresh, or choose append_new_columns or sync_all_columns') -%}
    {%- elif on_schema_change == 'append_new_columns' -%}
        {%- do alter_relation_add_remove_columns(target_relation, added, none) -%}
    {%- elif on_schema_change == 'sync_all_columns' -%}
        {%- do alter_relation_add_remove_columns(target_relation, added, removed) -%}
        {%- for change in retyped -%}
            {%- do alter_column_type(target_relation, change['column_name'], change['new_type']) -%}
        {%- endfor -%}
    {%- endif -%}
    {{ return(arriving) }}
{%- endmacro %}

{% macro get_incremental_append_sql(arg_dict) -%}
    {{ return(adapter.dispatch('get_incremental_append_sql', 'dbt')(arg_dict)) }}
{%- endmacro %}

{% macro default__get_incremental_append_sql(arg_dict) -%}
    {{ get_insert_into_sql(arg_dict['target_relation'], arg_dict['temp_relation'], arg_dict['dest_columns']) }}
{%- endmacro %}

{% macro get_insert_into_sql(target_relation, temp_relation, dest_columns) -%}
    {%- set names = get_quoted_csv(dest_columns | map(attribute='name') | list) -%}
    insert into {{ target_relation }} ({{ names }})
    select {{ names }}
    from {{ temp_relation }}
{%- endmacro %}

{% macro get_incremental_delete_insert_sql(arg_dict) -%}
    {{ return(adapter.dispatch('get_incremental_delete_insert_sql', 'dbt')(arg_dict)) }}
{%- endmacro %}

{% macro default__get_incremental_delete_insert_sql(arg_dict) -%}
    {{ get_delete_insert_merge_sql(arg_dict['target_relation'], arg_dict['temp_relation'], arg_dict['unique_key'], arg_dict['dest_columns'], arg_dict['incremental_predicates']) }}
{%- endmacro %}

{% macro get_delete_insert_merge_sql(target, source, unique_key, dest_columns, incremental_predicates=none) -%}
    {{ return(adapter.dispatch('get_delete_insert_merge_sql', 'dbt')(target, source, unique_key, dest_columns, incremental_predicates)) }}
{%- endmacro %}

{% macro default__get_delete_insert_merge_sql(target, source, unique_key, dest_columns, incremental_predicates=none) -%}
    {%- if unique_key -%}
        {%- set keys = [unique_key] if unique_key is string else unique_key -%}
    delete from {{ target }} as dbt_internal_dest
    using {{ source }} as dbt_internal_source
    where {% for key in keys %}dbt_internal_source.{{ key }} = dbt_internal_dest.{{ key }}{{ ' and ' if not loop.last }}{% endfor %}
        {%- for predicate in incremental_predicates or [] %}
        and {{ predicate }}
        {%- endfor %};
    {%- endif %}
    {{ get_insert_into_sql(target, source, dest_columns) }}
{%- endmacro %}

{% macro get_incremental_merge_sql(arg_dict) -%}
    {{ return(adapter.dispatch('get_incremental_merge_sql', 'dbt')(arg_dict)) }}
{%- endmacro %}

{% macro default__get_incremental_merge_sql(arg_dict) -%}
    {{ get_merge_sql(arg_dict['target_relation'], arg_dict['temp_relation'], arg_dict['unique_key'], arg_dict['dest_columns'], arg_dict['incremental_predicates']) }}
{%- endmacro %}

{% macro get_merge_sql(target, source, unique_key, dest_columns, incremental_predicates=none) -%}
    {{ return(adapter.dispatch('get_merge_sql', 'dbt')(target, source, unique_key, dest_columns, incremental_predicates)) }}
{%- endmacro %}

{% macro default__get_merge_sql(target, source, unique_key, dest_columns, incremental_predicates=none) -%}
    {%- set keys = [] if not unique_key else [unique_key] if unique_key is string else unique_key -%}
    {%- set conditions = [] -%}
    {%- do conditions.extend(incremental_predicates or []) -%}
    {%- for key in keys -%}
        {%- do conditions.append('DBT_INTERNAL_SOURCE.' ~ key ~ ' = DBT_INTERNAL_DEST.' ~ key) -%}
    {%- endfor -%}
    {%- set names = dest_columns | map(attribute='quoted') | list %}
    merge into {{ target }} as DBT_INTERNAL_DEST
    using {{ source }} as DBT_INTERNAL_SOURCE
    on {{ '(' ~ conditions | join(') and (') ~ ')' if keys else 'false' }}
    {%- if keys %}
    when matched then update set
        {%- for name in get_merge_update_columns(config.get('merge_update_columns'), config.get('merge_exclude_columns'), dest_columns) %}
        {{ name }} = DBT_INTERNAL_SOURCE.{{ name }}{{ ',' if not loop.last }}
        {%- endfor %}
    {%- endif %}
    when not matched then insert ({{ names | join(', ') }})
    values ({% for name in names %}DBT_INTERNAL_SOURCE.{{ name }}{{ ', ' if not loop.last }}{% endfor %})
{%- endmacro %}

{% macro get_merge_update_columns(merge_update_columns, merge_exclude_columns, dest_columns) -%}
    {{ return(adapter.dispatch('get_merge_update_columns', 'dbt')(merge_update_columns, merge_exclude_columns, dest_columns)) }}
{%- endmacro %}

{% macro default__get_merge_update_columns(merge_update_columns, merge_exclude_columns, dest_columns) -%}
    {%- if merge_update_columns and merge_exclude_columns -%}
        {%- do exceptions.raise_compiler_error('merge_update_columns and merge_exclude_columns are both given; keep one of them') -%}
    {%- endif -%}
    {%- if merge_update_columns -%}
        {{ return(merge_update_columns) }}
    {%- endif -%}
    {%- set left_out = (merge_exclude_columns or []) | map('lower') | list -%}
    {%- set chosen = [] -%}
    {%- for column in dest_columns if column.name | lower not in left_out -%}
        {%- do chosen.append(column.quoted) -%}
    {%- endfor -%}
    {{ return(chosen) }}
{%- endmacro %}

{% macro get_incremental_default_sql(arg_dict) -%}
    {{ return(adapter.dispatch('get_incremental_default_sql', 'dbt')(arg_dict)) }}
{%- endmacro %}

{% macro default__get_incremental_default_sql(arg_dict) -%}
    {%- if arg_dict['unique_key'] -%}
        {{ return(get_incremental_delete_insert_sql(arg_dict)) }}
    {%- endif -%}
    {{ return(get_incremental_append_sql(arg_dict)) }}
{%- endmacro %}
