{# Statements about materialized views. Their indexes are the configuration that is compared and changed in place. #}

{% macro get_create_materialized_view_as_sql(relation, sql) -%}
    {{ adapter.dispatch('get_create_materialized_view_as_sql', 'dbt')(relation, sql) }}
{%- endmacro %}

{% macro default__get_create_materialized_view_as_sql(relation, sql) -%}
    create materialized view if not exists {{ relation }} as {{ sql }};
    {%- for index_dict in config.get('indexes', default=[]) %}
    {{ get_create_index_sql(relation, index_dict) }};
    {%- endfor %}
{%- endmacro %}

{% macro refresh_materialized_view(relation) -%}
    {{ adapter.dispatch('refresh_materialized_view', 'dbt')(relation) }}
{%- endmacro %}

{# Concurrently, so that readers go on reading, where the server can tell rows apart: by a unique index over plain columns of all rows. #}
{% macro default__refresh_materialized_view(relation) -%}
    refresh materialized view {{ 'concurrently ' if can_refresh_concurrently(relation) }}{{ relation }}
{%- endmacro %}

{% macro can_refresh_concurrently(relation) -%}
    {{ return(run_query("select c.relispopulated and exists (select from pg_index i where i.indrelid = c.oid and i.indisunique and i.indisvalid and i.indpred is null and i.indexprs is null) from pg_class c where c.oid = '" ~ relation.include(database=false) ~ "'::regclass").rows[0][0]) }}
{%- endmacro %}

{% macro drop_materialized_view(relation) -%}
    {{ adapter.dispatch('drop_materialized_view', 'dbt')(relation) }}
{%- endmacro %}

{% macro default__drop_materialized_view(relation) -%}
    drop materialized view if exists {{ relation }} cascade
{%- endmacro %}

{% macro get_alter_materialized_view_as_sql(relation, configuration_changes, sql, existing_relation, backup_relation, intermediate_relation) -%}
    {{ adapter.dispatch('get_alter_materialized_view_as_sql', 'dbt')(relation, configuration_changes, sql, existing_relation, backup_relation, intermediate_relation) }}
{%- endmacro %}

{% macro default__get_alter_materialized_view_as_sql(relation, configuration_changes, sql, existing_relation, backup_relation, intermediate_relation) -%}
    {{ update_indexes_on_materialized_view(relation, configuration_changes.indexes) }}
    {{- refresh_materialized_view(relation) }}
{%- endmacro %}

{% macro update_indexes_on_materialized_view(relation, index_changes) -%}
    {{ adapter.dispatch('update_indexes_on_materialized_view', 'dbt')(relation, index_changes) }}
{%- endmacro %}

{% macro default__update_indexes_on_materialized_view(relation, index_changes) -%}
    {%- for change in index_changes -%}
        {{ get_drop_index_sql(relation, change.context.name) if change.action == 'drop' else get_create_index_sql(relation, change.context) }};
    {% endfor -%}
{%- endmacro %}

{# What must change about the one that stands: {'indexes': [{'action', 'context'}]}, or none. #}
{% macro get_materialized_view_configuration_changes(existing_relation, new_config) -%}
    {{ return(adapter.dispatch('get_materialized_view_configuration_changes', 'dbt')(existing_relation, new_config)) }}
{%- endmacro %}

{% macro default__get_materialized_view_configuration_changes(existing_relation, new_config) -%}
    {%- set wanted = {} -%}
    {%- for index_dict in new_config.get('indexes', default=[]) -%}
        {%- set columns = index_dict['columns'] if index_dict['columns'] is not string else [index_dict['columns']] -%}
        {%- do wanted.update({(columns | map('lower') | sort | join(','), index_dict.get('type') or 'btree', index_dict.get('unique') or false): index_dict}) -%}
    {%- endfor -%}
    {%- set changes = [] -%}
    {%- set standing = [] -%}
    {%- for index in describe_materialized_view(existing_relation).indexes -%}
        {%- set key = (index.columns | sort | join(','), index.type, index.unique) -%}
        {%- do standing.append(key) -%}
        {%- if key not in wanted -%}
            {%- do changes.append({'action': 'drop', 'context': index}) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- for key, index_dict in wanted.items() if key not in standing -%}
        {%- do changes.append({'action': 'create', 'context': index_dict}) -%}
    {%- endfor -%}
    {{ return({'indexes': changes} if changes else none) }}
{%- endmacro %}

{% macro describe_materialized_view(relation) -%}
    {{ return(adapter.dispatch('describe_materialized_view', 'dbt')(relation)) }}
{%- endmacro %}

{% macro default__describe_materialized_view(relation) -%}
    {%- set indexes = [] -%}
    {%- for row in run_query(get_show_indexes_sql(relation)).rows -%}
        {%- do indexes.append({'name': row[0], 'type': row[1], 'unique': row[2], 'columns': row[3].split(',')}) -%}
    {%- endfor -%}
    {{ return({'indexes': indexes}) }}
{%- endmacro %}

{# True when the one that stands was made from another query: as the server reads both, not as they are written. #}
{% macro materialized_view_query_changed(existing_relation, sql) -%}
    {%- set probe = make_temp_relation(existing_relation, '__dbt_new') -%}
    {%- do run_query('create temporary view ' ~ probe ~ ' as ' ~ sql) -%}
    {%- set changed = run_query("select pg_get_viewdef('pg_temp." ~ probe ~ "'::regclass) <> pg_get_viewdef('" ~ existing_relation.include(database=false) ~ "'::regclass)").rows[0][0] -%}
    {%- do run_query('drop view pg_temp.' ~ probe) -%}
    {{ return(changed) }}
{%- endmacro %}
