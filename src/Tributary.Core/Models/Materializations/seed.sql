{# A CSV file of the project as a table. Always loaded whole, beside, by COPY. #}
{% materialization seed, default %}
    {%- set target_relation = this.incorporate(type='table') -%}
    {%- set building = adapter.building_for(target_relation, load_cached_relation(this)) -%}
    {%- do run_hooks(pre_hooks, inside_transaction=false) -%}
    {%- do run_hooks(pre_hooks, inside_transaction=true) -%}
    {%- call statement() -%}
        {{ seed_table_sql(building, seed) }}
    {%- endcall -%}
    {%- set rows = adapter.copy_seed(building) -%}
    {%- set code = 'CREATE' if should_full_refresh() else 'INSERT' -%}
    {%- do noop_statement('main', code ~ ' ' ~ rows, code, rows) -%}
    {%- do create_indexes(building) -%}
    {%- do adapter.publish(building, target_relation) -%}
    {%- do persist_docs(target_relation, model) -%}
    {%- do apply_grants(target_relation, config.get('grants')) -%}
    {%- do run_hooks(post_hooks, inside_transaction=true) -%}
    {%- do run_hooks(post_hooks, inside_transaction=false) -%}
    {{ return({'relations': [target_relation]}) }}
{% endmaterialization %}

{% macro seed_table_sql(relation, columns) -%}
    create table {{ relation }} (
        {%- for column in columns %}
        {{ adapter.quote_seed_column(column.name, config.get('quote_columns')) }} {{ column.data_type }}{{ ',' if not loop.last }}
        {%- endfor %}
    )
{%- endmacro %}
