{# A test: the number of rows that its query returns, and what the thresholds say about it. #}
{% materialization test, default %}
    {%- call statement('main', fetch_result=true) -%}
        {{ get_test_sql(sql, config.get('fail_calc'), config.get('warn_if'), config.get('error_if'), config.get('limit')) }}
    {%- endcall -%}
    {{ return({'relations': []}) }}
{% endmaterialization %}
