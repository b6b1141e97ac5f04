{# A view. One that stands is replaced where it is, or built beside and published when its columns changed: its dependants and grants stay. #}
{% materialization view, default %}
    {%- set target_relation = this.incorporate(type='view') -%}
    {%- set existing = load_cached_relation(this) -%}
    {%- do run_hooks(pre_hooks, inside_transaction=false) -%}
    {%- do run_hooks(pre_hooks, inside_transaction=true) -%}
    {%- set replaced = adapter.replace_view(get_create_view_as_sql(target_relation, sql), target_relation) if existing is not none and existing.is_view -%}
    {%- if replaced -%}
        {%- do store_result('main', response=replaced) -%}
    {%- else -%}
        {%- set building = adapter.building_for(target_relation, existing) -%}
        {%- call statement('main') -%}
            {{ get_create_view_as_sql(building, sql) }}
        {%- endcall -%}
        {%- do adapter.publish(building, target_relation) -%}
    {%- endif -%}
    {%- do persist_docs(target_relation, model) -%}
    {%- do apply_grants(target_relation, config.get('grants')) -%}
    {%- do run_hooks(post_hooks, inside_transaction=true) -%}
    {%- do run_hooks(post_hooks, inside_transaction=false) -%}
    {{ return({'relations': [target_relation]}) }}
{% endmaterialization %}
