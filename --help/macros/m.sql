{% macro cents(col, d=2) %}round({{ col }} / 100.0, {{ d }}){% endmacro %}
{% macro sum_by(vals, col, amt) -%}
{%- for v in vals %}
    sum(case when {{ col }} = '{{ v }}' then {{ amt }} else 0 end) as amt_{{ v | lower | replace(' ', '_') }}{{ ',' if not loop.last }}
{%- endfor %}
{%- endmacro %}
