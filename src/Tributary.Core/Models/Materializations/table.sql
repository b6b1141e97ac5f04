{# A table. Built beside the one that stands, then published: readers never see a hole. #}
{% materialization table, default %}
    {%- set target_relation = this.incorporate(type='table') -%}
    {%- set building = adapter.building_for(target_relation, load_cached_relation(this)) -%}
    {%- do run_hooks(pre_hooks, inside_transaction=false) -%}
    {%- do run_hooks(pre_hooks, inside_transaction=true) -%}
    {%- call statement('main') -%}
        {{ get_create_table_as_sql(false, building, sql) }}
    {%- endcall -%}
    {%- do create_indexes(building) -%}
    {%- do adapter.publish(building, target_relation) -%}
    {%- do persist_docs(target_relation, model) -%}
    {%- do apply_grants(target_relation, config.get('grants')) -%}
    {%- do run_hooks(post_hooks, inside_transaction=true) -%}
    {%- do run_hooks(post_hooks, inside_transaction=false) -%}
    {{ return({'relations': [target_relation]}) }}
{% endmaterialization %}
