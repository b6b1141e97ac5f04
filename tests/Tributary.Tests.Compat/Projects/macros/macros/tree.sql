{# A tree as text, by a macro that calls itself for each branch. #}

{% macro drawn(node, depth=0) -%}
{{ '.' * depth }}{{ node.name }}{% for child in node.children | default([]) %}/{{ drawn(child, depth + 1) }}{% endfor %}
{%- endmacro %}

{% macro leaves(node) %}
    {%- if not node.children -%}{{ return([node.name]) }}{%- endif -%}
    {%- set names = [] -%}
    {%- for child in node.children -%}{%- do names.extend(leaves(child)) -%}{%- endfor -%}
    {{ return(names) }}
{% endmacro %}

{% macro organisation() %}
    {{ return(fromyaml("
name: hospital
children:
  - name: surgery
    children: [{name: theatre}, {name: recovery}]
  - name: pharmacy
")) }}
{% endmacro %}
