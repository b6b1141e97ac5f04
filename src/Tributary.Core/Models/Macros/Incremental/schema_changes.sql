{# What happens when the columns of an incremental model's query are no longer those of its table. #}

{% macro incremental_validate_on_schema_change(on_schema_change, default='ignore') -%}
    {%- if on_schema_change in ['ignore', 'fail', 'append_new_columns', 'sync_all_columns', 'full_refresh'] -%}
        {{ return(on_schema_change) }}
    {%- endif -%}
    {%- if on_schema_change is not none -%}
        {%- do exceptions.warn("on_schema_change is '" ~ on_schema_change ~ "', which is taken as " ~ default ~ '; expected ignore, fail, append_new_columns or sync_all_columns') -%}
    {%- endif -%}
    {{ return(default) }}
{%- endmacro %}

{% macro check_for_schema_changes(source_relation, target_relation) -%}
    {%- set arriving = adapter.get_columns_in_relation(source_relation) -%}
    {%- set standing = adapter.get_columns_in_relation(target_relation) -%}
    {%- set added = diff_columns(arriving, standing) -%}
    {%- set removed = diff_columns(standing, arriving) -%}
    {%- set retyped = diff_column_data_types(arriving, standing) -%}
    {{ return({
        'schema_changed': (added or removed or retyped) | length > 0,
        'source_not_in_target': added,
        'target_not_in_source': removed,
        'source_columns': arriving,
        'target_columns': standing,
        'new_target_types': retyped}) }}
{%- endmacro %}

{% macro sync_column_schemas(on_schema_change, target_relation, schema_changes_dict) -%}
    {%- set added = schema_changes_dict['source_not_in_target'] -%}
    {%- if on_schema_change == 'append_new_columns' -%}
        {%- if added -%}
            {%- do alter_relation_add_remove_columns(target_relation, added, none) -%}
        {%- endif -%}
    {%- elif on_schema_change == 'sync_all_columns' -%}
        {%- set removed = schema_changes_dict['target_not_in_source'] -%}
        {%- if added or removed -%}
            {%- do alter_relation_add_remove_columns(target_relation, added, removed) -%}
        {%- endif -%}
        {%- for change in schema_changes_dict['new_target_types'] -%}
            {%- do alter_column_type(target_relation, change['column_name'], change['new_type']) -%}
        {%- endfor -%}
    {%- endif -%}
{%- endmacro %}

{# The columns to fill, after the table was brought in line with the query as on_schema_change says; empty = all as they are. #}
{% macro process_schema_changes(on_schema_change, source_relation, target_relation) -%}
    {%- if on_schema_change in ['ignore', 'full_refresh'] -%}
        {{ return({}) }}
    {%- endif -%}
    {%- set changes = check_for_schema_changes(source_relation, target_relation) -%}
    {%- if changes['schema_changed'] and on_schema_change == 'fail' -%}
        {%- do exceptions.raise_compiler_error(
            'the columns of ' ~ target_relation ~ ' and of its query differ and on_schema_change is fail: '
            ~ 'new [' ~ changes['source_not_in_target'] | map(attribute='name') | join(', ')
            ~ '], gone [' ~ changes['target_not_in_source'] | map(attribute='name') | join(', ')
            ~ '], other type [' ~ changes['new_target_types'] | map(attribute='column_name') | join(', ')
            ~ ']. Build it with --full-refresh, or choose append_new_columns or sync_all_columns') -%}
    {%- elif changes['schema_changed'] -%}
        {%- do sync_column_schemas(on_schema_change, target_relation, changes) -%}
    {%- endif -%}
    {{ return(changes['source_columns']) }}
{%- endmacro %}

{# True when the model is to be built anew because columns came or went. #}
{% macro on_schema_change_full_refresh(on_schema_change, existing_relation) -%}
    {%- if on_schema_change != 'full_refresh' or existing_relation is none or existing_relation.is_view -%}
        {{ return(false) }}
    {%- endif -%}
    {{ return(adapter.get_columns_in_relation(existing_relation) | map(attribute='name') | sort | list != get_columns_in_query(sql) | sort | list) }}
{%- endmacro %}
