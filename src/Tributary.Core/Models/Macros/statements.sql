{# Running SQL from a template. Nothing here commits: the engine owns the node's transaction. #}

{% macro statement(name=none, fetch_result=false, auto_begin=true, language='sql') -%}
    {%- if execute -%}
        {%- set query = caller() -%}
        {%- set response, table = adapter.execute(query, auto_begin=auto_begin, fetch=fetch_result) -%}
        {%- if name is not none -%}
            {%- do store_result(name, response=response, agate_table=table) -%}
        {%- endif -%}
    {%- endif -%}
{%- endmacro %}

{% macro noop_statement(name=none, message=none, code=none, rows_affected=none, res=none) -%}
    {%- set query = caller() if caller is defined -%}
    {%- if execute and name is not none -%}
        {%- do store_raw_result(name, message=message, code=code, rows_affected=rows_affected, agate_table=res) -%}
    {%- endif -%}
{%- endmacro %}

{% macro run_query(sql) -%}
    {%- call statement('run_query_statement', fetch_result=true, auto_begin=false) -%}
        {{ sql }}
    {%- endcall -%}
    {%- do return(load_result('run_query_statement').table) -%}
{%- endmacro %}

{% macro get_single_value(query, default=none) -%}
    {%- set table = run_query(query) -%}
    {%- if table and table.rows | length > 0 -%}
        {%- do return(table.rows[0][0]) -%}
    {%- endif -%}
    {%- do return(default) -%}
{%- endmacro %}

{% macro run_hooks(hooks, inside_transaction=true) -%}
    {%- for hook in hooks if hook.get('transaction', true) == inside_transaction -%}
        {%- set body = render(hook.get('sql')) -%}
        {%- if body | trim | length > 0 -%}
            {%- do adapter.run_hook(body, inside_transaction, hook.get('after', false)) -%}
        {%- endif -%}
    {%- endfor -%}
{%- endmacro %}

{% macro make_hook_config(sql, inside_transaction) -%}
    {{ tojson({'sql': sql, 'transaction': inside_transaction}) }}
{%- endmacro %}

{% macro before_begin(sql) -%}{{ make_hook_config(sql, inside_transaction=false) }}{%- endmacro %}

{% macro in_transaction(sql) -%}{{ make_hook_config(sql, inside_transaction=true) }}{%- endmacro %}

{% macro after_commit(sql) -%}{{ make_hook_config(sql, inside_transaction=false) }}{%- endmacro %}

{% macro should_full_refresh() -%}
    {%- set wanted = config.get('full_refresh') -%}
    {%- do return(flags.FULL_REFRESH if wanted is none else wanted) -%}
{%- endmacro %}

{% macro should_store_failures() -%}
    {%- set wanted = config.get('store_failures') -%}
    {%- do return(flags.STORE_FAILURES if wanted is none else wanted) -%}
{%- endmacro %}

{% macro is_incremental() -%}
    {%- if not execute -%}
        {%- do return(false) -%}
    {%- endif -%}
    {%- set existing = load_relation(this) -%}
    {%- do return(existing is not none
        and existing.type == 'table'
        and model.config.materialized == 'incremental'
        and not should_full_refresh()) -%}
{%- endmacro %}

{# {% call set_sql_header(config) %} … {% endcall %}: statements that go before the model's own. #}
{% macro set_sql_header(config) -%}
    {{ config.set('sql_header', caller()) }}
{%- endmacro %}
