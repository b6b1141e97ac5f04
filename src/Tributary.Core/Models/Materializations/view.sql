{# A view. Built beside the one that stands, then published: its dependants and grants stay. #}
{% materialization view, default %}
    {%- set target_relation = this.incorporate(type='view') -%}
    {%- set building = adapter.beside(target_relation) -%}
    {%- do run_hooks(pre_hooks, inside_transaction=false) -%}
    {%- do run_hooks(pre_hooks, inside_transaction=true) -%}
    {%- call statement('main') -%}
        {{ get_create_view_as_sql(building, sql) }}
    {%- endcall -%}
    {%- do persist_docs(building, model) -%}
    {%- do adapter.publish(building, target_relation) -%}
    {%- do apply_grants(target_relation, config.get('grants')) -%}
    {%- do run_hooks(post_hooks, inside_transaction=true) -%}
    {%- do run_hooks(post_hooks, inside_transaction=false) -%}
    {{ return({'relations': [target_relation]}) }}
{% endmaterialization %}
