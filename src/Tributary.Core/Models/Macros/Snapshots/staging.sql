{# The queries of a snapshot: the first table, and later what is to be inserted and what is to be closed. #}

{% macro build_snapshot_table(strategy, sql) -%}
    {{ adapter.dispatch('build_snapshot_table', 'dbt')(strategy, sql) }}
{%- endmacro %}

{% macro default__build_snapshot_table(strategy, sql) -%}
    {%- set columns = config.get('snapshot_table_column_names') or get_snapshot_table_column_names() %}
    select *,
        {{ strategy.scd_id }} as {{ columns.dbt_scd_id }},
        {{ strategy.updated_at }} as {{ columns.dbt_updated_at }},
        {{ strategy.updated_at }} as {{ columns.dbt_valid_from }},
        {{ get_dbt_valid_to_current(strategy, columns) }}
        {{- ", 'False' as " ~ columns.dbt_is_deleted if strategy.get('hard_deletes') == 'new_record' }}
    from (
        {{ sql }}
    ) as sbq
{%- endmacro %}

{% macro build_snapshot_staging_table(strategy, sql, target_relation) -%}
    {%- set staging = make_temp_relation(target_relation) -%}
    {%- call statement('build_snapshot_staging_relation') -%}
        {{ create_table_as(true, staging, snapshot_staging_table(strategy, sql, target_relation)) }}
    {%- endcall -%}
    {{ return(staging) }}
{%- endmacro %}

{% macro snapshot_staging_table(strategy, source_sql, target_relation) -%}
    {{ adapter.dispatch('snapshot_staging_table', 'dbt')(strategy, source_sql, target_relation) }}
{%- endmacro %}

{#
    One row for each change, told apart by dbt_change_type: 'insert' opens a version; 'update' and 'delete' close the one whose dbt_scd_id they
    carry. snapshotted_data are the versions that stand open, source_data the rows of today: strategies speak of both by these names.
#}
{% macro default__snapshot_staging_table(strategy, source_sql, target_relation) -%}
    {%- set columns = config.get('snapshot_table_column_names') or get_snapshot_table_column_names() -%}
    {%- set key = strategy.unique_key -%}
    {%- set sees_deletes = strategy.get('hard_deletes') in ('invalidate', 'new_record') -%}
    {%- set records_deletes = strategy.get('hard_deletes') == 'new_record' -%}
    {%- set changed -%}
        ({{ strategy.row_changed }}{{ ' or snapshotted_data.' ~ columns.dbt_is_deleted ~ " = 'True'" if records_deletes }})
    {%- endset -%}
    {%- set is_gone -%}
        {{ unique_key_is_null(key, 'source_data') }}
        {%- if records_deletes %} and not (snapshotted_data.{{ columns.dbt_is_deleted }} = 'True' and {{ snapshot_is_open('snapshotted_data.' ~ columns.dbt_valid_to) }}){% endif -%}
    {%- endset %}
    with snapshot_query as (
        {{ source_sql }}
    ),
    snapshotted_data as (
        select *, {{ unique_key_fields(key) }}
        from {{ target_relation }}
        where {{ snapshot_is_open(columns.dbt_valid_to, or_null=true) }}
    ),
    insertions_source_data as (
        select *, {{ unique_key_fields(key) }},
            {{ strategy.updated_at }} as {{ columns.dbt_updated_at }},
            {{ strategy.updated_at }} as {{ columns.dbt_valid_from }},
            {{ get_dbt_valid_to_current(strategy, columns) }},
            {{ strategy.scd_id }} as {{ columns.dbt_scd_id }}
        from snapshot_query
    ),
    updates_source_data as (
        select *, {{ unique_key_fields(key) }},
            {{ strategy.updated_at }} as {{ columns.dbt_updated_at }},
            {{ strategy.updated_at }} as {{ columns.dbt_valid_from }},
            {{ strategy.updated_at }} as {{ columns.dbt_valid_to }}
        from snapshot_query
    ),
    {%- if sees_deletes %}
    deletes_source_data as (
        select *, {{ unique_key_fields(key) }}
        from snapshot_query
    ),
    {%- endif %}
    insertions as (
        select 'insert' as dbt_change_type, source_data.*{{ ", 'False' as " ~ columns.dbt_is_deleted if records_deletes }}
        from insertions_source_data as source_data
        left join snapshotted_data on {{ unique_key_join_on(key, 'snapshotted_data', 'source_data') }}
        where {{ unique_key_is_null(key, 'snapshotted_data') }} or ({{ unique_key_is_not_null(key, 'snapshotted_data') }} and {{ changed }})
    ),
    updates as (
        select 'update' as dbt_change_type, source_data.*, snapshotted_data.{{ columns.dbt_scd_id }}{{ ', snapshotted_data.' ~ columns.dbt_is_deleted if records_deletes }}
        from updates_source_data as source_data
        join snapshotted_data on {{ unique_key_join_on(key, 'snapshotted_data', 'source_data') }}
        where {{ changed }}
    )
    {%- if sees_deletes %},
    deletes as (
        select 'delete' as dbt_change_type, source_data.*,
            {{ snapshot_get_time() }} as {{ columns.dbt_updated_at }},
            {{ snapshot_get_time() }} as {{ columns.dbt_valid_from }},
            {{ snapshot_get_time() }} as {{ columns.dbt_valid_to }},
            snapshotted_data.{{ columns.dbt_scd_id }}{{ ', snapshotted_data.' ~ columns.dbt_is_deleted if records_deletes }}
        from snapshotted_data
        left join deletes_source_data as source_data on {{ unique_key_join_on(key, 'snapshotted_data', 'source_data') }}
        where {{ is_gone }}
    )
    {%- endif %}
    {%- if records_deletes %},
    deletion_records as (
        select 'insert' as dbt_change_type,
            {{ snapshot_last_known_columns(source_sql, target_relation) }},
            {% if key is string %}snapshotted_data.dbt_unique_key{% else %}{% for one in key %}snapshotted_data.dbt_unique_key_{{ loop.index }}{{ ', ' if not loop.last }}{% endfor %}{% endif %},
            {{ snapshot_get_time() }} as {{ columns.dbt_updated_at }},
            {{ snapshot_get_time() }} as {{ columns.dbt_valid_from }},
            snapshotted_data.{{ columns.dbt_valid_to }},
            {{ snapshot_hash_arguments(['snapshotted_data.' ~ columns.dbt_scd_id, snapshot_get_time()]) }} as {{ columns.dbt_scd_id }},
            'True' as {{ columns.dbt_is_deleted }}
        from snapshotted_data
        left join deletes_source_data as source_data on {{ unique_key_join_on(key, 'snapshotted_data', 'source_data') }}
        where {{ is_gone }}
    )
    {%- endif %}
    select * from insertions
    union all select * from updates
    {{ 'union all select * from deletes' if sees_deletes }}
    {{ 'union all select * from deletion_records' if records_deletes }}
{%- endmacro %}

{# True of a version that nothing has followed yet. #}
{% macro snapshot_is_open(valid_to, or_null=false) -%}
    {%- set current = config.get('dbt_valid_to_current') -%}
    {%- if not current -%}
        {{ valid_to }} is null
    {%- else -%}
        ({{ valid_to }} = {{ current | trim }}{{ ' or ' ~ valid_to ~ ' is null' if or_null }})
    {%- endif -%}
{%- endmacro %}

{# What the table last knew of a row that is gone, in the order of the query; a column that is new is not known. #}
{% macro snapshot_last_known_columns(source_sql, target_relation) -%}
    {%- set standing = adapter.get_columns_in_relation(target_relation) | map(attribute='name') | list -%}
    {%- for column in get_column_schema_from_query(source_sql) -%}
        {{ 'snapshotted_data.' ~ column.quoted if column.name in standing else 'null::' ~ column.data_type ~ ' as ' ~ column.quoted }}{{ ', ' if not loop.last }}
    {%- endfor -%}
{%- endmacro %}
