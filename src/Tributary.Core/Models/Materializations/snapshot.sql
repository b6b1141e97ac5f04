{# Every version of every row, with the time from which and until which it held. The first run makes the table; later ones close and open versions. #}
{% materialization snapshot, default %}
    {%- set target_relation = this.incorporate(type='table') -%}
    {%- set existing = load_cached_relation(this) -%}
    {%- if existing is not none and not existing.is_table -%}
        {%- do exceptions.raise_compiler_error(target_relation ~ ' is to hold a snapshot, and it is a ' ~ existing.type ~ '. Drop it, or give the snapshot another name') -%}
    {%- endif -%}
    {%- do run_hooks(pre_hooks, inside_transaction=false) -%}
    {%- do run_hooks(pre_hooks, inside_transaction=true) -%}
    {%- set make_strategy = strategy_dispatch(config.get('strategy')) -%}
    {%- set strategy = make_strategy(model, 'snapshotted_data', 'source_data', model['config'], existing is not none) -%}

    {%- if existing is none -%}
        {%- call statement('main') -%}
            {{ create_table_as(false, target_relation, build_snapshot_table(strategy, model['compiled_code'])) }}
        {%- endcall -%}
        {%- do create_indexes(target_relation) -%}
    {%- else -%}
        {%- do adapter.assert_valid_snapshot_target_given_strategy(target_relation, config.get('snapshot_table_column_names') or get_snapshot_table_column_names(), strategy) -%}
        {%- set staging = build_snapshot_staging_table(strategy, sql, target_relation) -%}
        {%- do adapter.expand_target_column_types(from_relation=staging, to_relation=target_relation) -%}
        {%- set own = ['dbt_change_type', 'dbt_unique_key'] -%}
        {%- if strategy.unique_key is not string -%}
            {%- for key in strategy.unique_key -%}
                {%- do own.append('dbt_unique_key_' ~ loop.index) -%}
            {%- endfor -%}
        {%- endif -%}
        {%- do create_columns(target_relation, adapter.get_missing_columns(staging, target_relation) | rejectattr('name', 'in', own) | list) -%}
        {%- set names = adapter.get_columns_in_relation(staging) | rejectattr('name', 'in', own) | map(attribute='quoted') | list -%}
        {%- call statement('main') -%}
            {{ snapshot_merge_sql(target=target_relation, source=staging, insert_cols=names) }}
        {%- endcall -%}
        {%- do post_snapshot(staging) -%}
    {%- endif -%}

    {%- do apply_grants(target_relation, config.get('grants'), should_revoke=should_revoke(existing, full_refresh_mode=false)) -%}
    {%- do persist_docs(target_relation, model) -%}
    {%- do run_hooks(post_hooks, inside_transaction=true) -%}
    {%- do run_hooks(post_hooks, inside_transaction=false) -%}
    {{ return({'relations': [target_relation]}) }}
{% endmaterialization %}
