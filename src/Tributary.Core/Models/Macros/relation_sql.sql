{# Statements by kind of relation, for materializations of projects and packages that put them together themselves. #}

{% macro get_create_sql(relation, sql) -%}{{ adapter.dispatch('get_create_sql', 'dbt')(relation, sql) }}{%- endmacro %}
{% macro default__get_create_sql(relation, sql) -%}
    {%- if relation.is_view -%}{{ get_create_view_as_sql(relation, sql) }}
    {%- elif relation.is_materialized_view -%}{{ get_create_materialized_view_as_sql(relation, sql) }}
    {%- else -%}{{ get_create_table_as_sql(false, relation, sql) }}
    {%- endif -%}
{%- endmacro %}

{% macro get_create_intermediate_sql(relation, sql) -%}{{ adapter.dispatch('get_create_intermediate_sql', 'dbt')(relation, sql) }}{%- endmacro %}
{% macro default__get_create_intermediate_sql(relation, sql) -%}
    {%- set intermediate = make_intermediate_relation(relation) -%}
    {{ get_drop_sql(intermediate) }};
    {{ get_create_sql(intermediate, sql) }}
{%- endmacro %}

{% macro get_create_backup_sql(relation) -%}{{ adapter.dispatch('get_create_backup_sql', 'dbt')(relation) }}{%- endmacro %}
{% macro default__get_create_backup_sql(relation) -%}
    {%- set backup = make_backup_relation(relation, relation.type) -%}
    {{ get_drop_sql(backup) }};
    {{ get_rename_sql(relation, backup.identifier) }}
{%- endmacro %}

{% macro get_drop_backup_sql(relation) -%}{{ adapter.dispatch('get_drop_backup_sql', 'dbt')(relation) }}{%- endmacro %}
{% macro default__get_drop_backup_sql(relation) -%}{{ get_drop_sql(make_backup_relation(relation, relation.type)) }}{%- endmacro %}

{% macro get_rename_intermediate_sql(relation) -%}{{ adapter.dispatch('get_rename_intermediate_sql', 'dbt')(relation) }}{%- endmacro %}
{% macro default__get_rename_intermediate_sql(relation) -%}{{ get_rename_sql(make_intermediate_relation(relation), relation.identifier) }}{%- endmacro %}

{% macro get_rename_sql(relation, new_name) -%}{{ adapter.dispatch('get_rename_sql', 'dbt')(relation, new_name) }}{%- endmacro %}
{% macro default__get_rename_sql(relation, new_name) -%}
    {%- if relation.is_view -%}{{ get_rename_view_sql(relation, new_name) }}
    {%- elif relation.is_materialized_view -%}{{ get_rename_materialized_view_sql(relation, new_name) }}
    {%- else -%}{{ get_rename_table_sql(relation, new_name) }}
    {%- endif -%}
{%- endmacro %}

{% macro get_rename_table_sql(relation, new_name) -%}{{ adapter.dispatch('get_rename_table_sql', 'dbt')(relation, new_name) }}{%- endmacro %}
{% macro default__get_rename_table_sql(relation, new_name) -%}alter table {{ relation }} rename to {{ new_name }}{%- endmacro %}

{% macro get_rename_view_sql(relation, new_name) -%}{{ adapter.dispatch('get_rename_view_sql', 'dbt')(relation, new_name) }}{%- endmacro %}
{% macro default__get_rename_view_sql(relation, new_name) -%}alter view {{ relation }} rename to {{ new_name }}{%- endmacro %}

{% macro get_rename_materialized_view_sql(relation, new_name) -%}{{ adapter.dispatch('get_rename_materialized_view_sql', 'dbt')(relation, new_name) }}{%- endmacro %}
{% macro default__get_rename_materialized_view_sql(relation, new_name) -%}alter materialized view {{ relation }} rename to {{ new_name }}{%- endmacro %}

{% macro get_replace_sql(existing_relation, target_relation, sql) -%}{{ adapter.dispatch('get_replace_sql', 'dbt')(existing_relation, target_relation, sql) }}{%- endmacro %}
{% macro default__get_replace_sql(existing_relation, target_relation, sql) -%}
    {%- if target_relation.is_view and existing_relation.is_view -%}
        {{ get_replace_view_sql(target_relation, sql) }}
    {%- else -%}
        {{ get_create_intermediate_sql(target_relation, sql) }};
        {{ get_create_backup_sql(existing_relation) }};
        {{ get_rename_intermediate_sql(target_relation) }};
        {{ get_drop_backup_sql(existing_relation) }}
    {%- endif -%}
{%- endmacro %}

{% macro get_replace_view_sql(relation, sql) -%}{{ adapter.dispatch('get_replace_view_sql', 'dbt')(relation, sql) }}{%- endmacro %}
{% macro default__get_replace_view_sql(relation, sql) -%}
    create or replace view {{ relation }} as (
        {{ sql }}
    )
{%- endmacro %}

{% macro get_replace_table_sql(relation, sql) -%}{{ adapter.dispatch('get_replace_table_sql', 'dbt')(relation, sql) }}{%- endmacro %}
{% macro default__get_replace_table_sql(relation, sql) -%}
    {{ exceptions.raise_compiler_error('PostgreSQL cannot replace a table in one statement: build it beside and rename it (get_replace_sql)') }}
{%- endmacro %}

{% macro get_replace_materialized_view_sql(relation, sql) -%}{{ adapter.dispatch('get_replace_materialized_view_sql', 'dbt')(relation, sql) }}{%- endmacro %}
{% macro default__get_replace_materialized_view_sql(relation, sql) -%}
    {{ exceptions.raise_compiler_error('PostgreSQL cannot replace a materialized view in one statement: build it beside and rename it (get_replace_sql)') }}
{%- endmacro %}

{# A materialization of views in one statement, for projects that call it from one of their own. #}
{% macro create_or_replace_view() -%}
    {%- set old = load_relation(this) -%}
    {%- set target_relation = this.incorporate(type='view') -%}
    {{ run_hooks(pre_hooks) }}
    {%- if old is not none and old.is_table -%}
        {{ handle_existing_table(should_full_refresh(), old) }}
    {%- endif -%}
    {%- if old is none or not old.is_view or not adapter.replace_view(get_create_view_as_sql(target_relation, sql), target_relation) -%}
        {%- call statement('main') -%}
            {{ get_create_view_as_sql(target_relation, sql) }}
        {%- endcall -%}
    {%- endif -%}
    {%- do apply_grants(target_relation, config.get('grants'), should_revoke=should_revoke(old, full_refresh_mode=true)) -%}
    {{ run_hooks(post_hooks) }}
    {{ return({'relations': [target_relation]}) }}
{%- endmacro %}

{% macro handle_existing_table(full_refresh, old_relation) -%}{{ adapter.dispatch('handle_existing_table', 'dbt')(full_refresh, old_relation) }}{%- endmacro %}
{% macro default__handle_existing_table(full_refresh, old_relation) -%}
    {%- do adapter.drop_relation(old_relation) -%}
{%- endmacro %}

{% macro drop_table(relation) -%}{{ return(adapter.dispatch('drop_table', 'dbt')(relation)) }}{%- endmacro %}
{% macro default__drop_table(relation) -%}drop table if exists {{ relation }} cascade{%- endmacro %}

{% macro drop_view(relation) -%}{{ return(adapter.dispatch('drop_view', 'dbt')(relation)) }}{%- endmacro %}
{% macro default__drop_view(relation) -%}drop view if exists {{ relation }} cascade{%- endmacro %}

{% macro can_clone_table() -%}{{ return(adapter.dispatch('can_clone_table', 'dbt')()) }}{%- endmacro %}
{% macro default__can_clone_table() -%}{{ return(false) }}{%- endmacro %}

{# A name with a suffix that stays within PostgreSQL's 63 bytes; dstring adds the time of day. #}
{% macro postgres__make_relation_with_suffix(base_relation, suffix, dstring) -%}
    {%- set ending = suffix ~ modules.datetime.datetime.now().strftime('%H%M%S%f') if dstring else suffix -%}
    {{ return(base_relation.incorporate(path={'identifier': base_relation.identifier[:63 - ending | length] ~ ending})) }}
{%- endmacro %}

{% macro postgres_escape_comment(comment) -%}
    {%- if comment is not string -%}
        {%- do exceptions.raise_compiler_error('a comment must be text') -%}
    {%- endif -%}
    {%- set quote = '$dbt_comment_literal_block$' -%}
    {%- if quote in comment -%}
        {%- do exceptions.raise_compiler_error('a comment may not hold ' ~ quote) -%}
    {%- endif -%}
    {{ quote }}{{ comment }}{{ quote }}
{%- endmacro %}
