{# The one of several ethnicities that counts by HISO 10001:2017: level 1 of the codes in the order Māori, Pacific, Asian, MELAA, Other, European, Residual. #}
{% macro prioritised_ethnicity(code1, code2) -%}
    case least(
        {%- for code in [code1, code2] %}
        strpos('2345619', left(nullif({{ code }}, 0)::text, 1)){{ ', ' if not loop.last }}
        {%- endfor %}
    ) {% for name in ['Māori', 'Pacific', 'Asian', 'MELAA', 'Other', 'European', 'Residual'] %}when {{ loop.index }} then '{{ name }}' {% endfor %}end
{%- endmacro %}
