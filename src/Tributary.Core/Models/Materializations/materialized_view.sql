{# A query whose rows are kept. The one that stands is refreshed; built beside and published when its query changed or something else stood there. #}
{% materialization materialized_view, default %}
    {%- set target_relation = this.incorporate(type='materialized_view') -%}
    {%- set existing = load_cached_relation(this) -%}
    {%- set stands = existing is not none and existing.is_materialized_view -%}
    {%- do run_hooks(pre_hooks, inside_transaction=false) -%}
    {%- do run_hooks(pre_hooks, inside_transaction=true) -%}
    {%- set anew = not stands or should_full_refresh() or materialized_view_query_changed(existing, sql) -%}
    {%- set changes = none if anew else get_materialized_view_configuration_changes(existing, config) -%}
    {%- set on_change = config.get('on_configuration_change') or 'apply' -%}

    {%- if changes is not none and on_change == 'continue' -%}
        {%- do exceptions.warn('the indexes of ' ~ target_relation ~ ' are not those of its configuration, and on_configuration_change is continue: it is left as it is') -%}
        {%- do noop_statement('main', 'skip ' ~ target_relation, 'skip', -1) -%}
    {%- elif changes is not none and on_change == 'fail' -%}
        {%- do exceptions.raise_fail_fast_error('the indexes of ' ~ target_relation ~ ' are not those of its configuration, and on_configuration_change is fail. Build it with --full-refresh, or choose apply') -%}
    {%- elif changes is not none and on_change != 'apply' -%}
        {%- do exceptions.raise_compiler_error("on_configuration_change is '" ~ on_change ~ "'; expected apply, continue or fail") -%}
    {%- elif anew -%}
        {%- set building = adapter.building_for(target_relation, existing) -%}
        {%- call statement('main') -%}
            {{ get_create_materialized_view_as_sql(building, sql) }}
        {%- endcall -%}
        {%- do adapter.publish(building, target_relation) -%}
    {%- else -%}
        {%- call statement('main') -%}
            {{ refresh_materialized_view(target_relation) if changes is none else get_alter_materialized_view_as_sql(target_relation, changes, sql, existing, none, none) }}
        {%- endcall -%}
    {%- endif -%}

    {%- do apply_grants(target_relation, config.get('grants'), should_revoke=should_revoke(existing, full_refresh_mode=true)) -%}
    {%- do persist_docs(target_relation, model) -%}
    {%- do run_hooks(post_hooks, inside_transaction=true) -%}
    {%- do run_hooks(post_hooks, inside_transaction=false) -%}
    {{ return({'relations': [target_relation]}) }}
{% endmaterialization %}
