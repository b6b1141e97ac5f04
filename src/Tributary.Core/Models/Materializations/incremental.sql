{# A table that grows: the first build makes it whole, later ones add what the query returns by the chosen strategy. #}
{% materialization incremental, default %}
    {%- set target_relation = this.incorporate(type='table') -%}
    {%- set existing = load_cached_relation(this) -%}
    {%- set on_schema_change = incremental_validate_on_schema_change(config.get('on_schema_change') or ('full_refresh' if changes_key), default='ignore') -%}
    {%- do run_hooks(pre_hooks, inside_transaction=false) -%}
    {%- do run_hooks(pre_hooks, inside_transaction=true) -%}
    {%- set strategy = adapter.get_incremental_strategy_macro(context, config.get('incremental_strategy') or 'default') -%}
    {%- set anew = existing is none or existing.type != 'table' or should_full_refresh() or on_schema_change_full_refresh(on_schema_change, existing) -%}
    {%- if anew and changed_keys -%}
        {%- do begin_anew() -%}
    {%- endif -%}

    {%- if anew -%}
        {%- set building = adapter.building_for(target_relation, existing) -%}
        {%- call statement('main') -%}
            {{ get_create_table_as_sql(false, building, sql) }}
        {%- endcall -%}
        {%- do create_indexes(building) -%}
        {%- if changes_key -%}
            {%- do run_query(get_create_index_sql(building, {'columns': [changes_key]})) -%}
        {%- endif -%}
        {%- do adapter.publish(building, target_relation) -%}
    {%- else -%}
        {%- if changed_keys -%}
            {#- Before the new rows are read: a key that is touched meanwhile is either among them or looked at next time. -#}
            {%- call statement('gone') -%}
                delete from {{ target_relation }} where {{ changes_key }} in ({{ changed_keys }})
            {%- endcall -%}
        {%- endif -%}
        {%- set arriving = make_temp_relation(target_relation) -%}
        {%- do run_query(get_create_table_as_sql(true, arriving, sql)) -%}
        {%- if not (config.get('contract') or {}).get('enforced') -%}
            {%- do adapter.expand_target_column_types(from_relation=arriving, to_relation=target_relation) -%}
        {%- endif -%}
        {%- set dest_columns = process_schema_changes(on_schema_change, arriving, existing) or adapter.get_columns_in_relation(existing) -%}
        {%- call statement('main') -%}
            {{ strategy({
                'target_relation': target_relation,
                'temp_relation': arriving,
                'unique_key': config.get('unique_key'),
                'dest_columns': dest_columns,
                'incremental_predicates': config.get('predicates', none) or config.get('incremental_predicates', none)}) }}
        {%- endcall -%}
        {%- do run_query('drop table if exists ' ~ arriving) -%}
        {%- do create_indexes(target_relation) -%}
    {%- endif -%}
    {%- do persist_docs(target_relation, model) -%}

    {%- do apply_grants(target_relation, config.get('grants'), should_revoke=should_revoke(existing, anew)) -%}
    {%- do run_hooks(post_hooks, inside_transaction=true) -%}
    {%- do run_hooks(post_hooks, inside_transaction=false) -%}
    {{ return({'relations': [target_relation]}) }}
{% endmaterialization %}
