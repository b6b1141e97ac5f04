{# A test: the number of rows that its query returns, and what the thresholds say about it. Rows may be kept in a table or view. #}
{% materialization test, default %}
    {%- set tested = limited_test_sql(sql, config.get('limit')) -%}
    {%- set relations = [] -%}
    {%- if should_store_failures() -%}
        {%- set stored = store_failures(tested) -%}
        {%- do relations.append(stored) -%}
        {%- set tested = 'select * from ' ~ stored -%}
    {%- endif -%}
    {%- call statement('main', fetch_result=true) -%}
        {{ get_test_sql(tested, config.get('fail_calc'), config.get('warn_if'), config.get('error_if'), none) }}
    {%- endcall -%}
    {{ return({'relations': relations}) }}
{% endmaterialization %}

{% macro limited_test_sql(main_sql, limit) -%}
    {%- if limit is none -%}
        {%- do return(main_sql) -%}
    {%- endif -%}
    {%- do return('select * from (\n' ~ main_sql ~ '\n) as limited_test limit ' ~ limit) -%}
{%- endmacro %}

{# The rows that fail, kept for a look. Built beside what an earlier run kept, then published; the answer is the relation. #}
{% macro store_failures(main_sql) -%}
    {%- set kind = config.get('store_failures_as') or 'table' -%}
    {%- if kind not in ['table', 'view'] -%}
        {%- do exceptions.raise_compiler_error("store_failures_as is '" ~ kind ~ "'; expected table, view or ephemeral") -%}
    {%- endif -%}
    {%- set target_relation = this.incorporate(type=kind) -%}
    {%- set building = adapter.building_for(target_relation, load_cached_relation(this)).incorporate(type=kind) -%}
    {%- call statement('store_failures') -%}
        {{ get_create_view_as_sql(building, main_sql) if kind == 'view' else get_create_table_as_sql(false, building, main_sql) }}
    {%- endcall -%}
    {%- do adapter.publish(building, target_relation) -%}
    {%- do return(target_relation) -%}
{%- endmacro %}
