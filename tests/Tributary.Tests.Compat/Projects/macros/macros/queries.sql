{# SQL that is written from what the database answers. #}

{% macro rows(query) %}
    {%- if not execute -%}{{ return([]) }}{%- endif -%}
    {{ return(run_query(query).rows) }}
{% endmacro %}

{% macro values_of(relation, column) %}
    {%- set found = [] -%}
    {%- for row in rows('select distinct ' ~ column ~ ' from ' ~ relation ~ ' order by 1 nulls last') -%}{%- do found.append(row[0]) -%}{%- endfor -%}
    {{ return(found) }}
{% endmacro %}

{% macro ward_column(ward) %}{{ return(adapter.quote(var('ward_prefix') ~ toolbox.slug(ward or 'none'))) }}{% endmacro %}

{% macro pivoted(relation, key, column, amount) %}
    select {{ key }}
    {%- for value in values_of(relation, column) %},
        coalesce(sum({{ amount }}) filter (where {{ column }} is not distinct from {{ toolbox.literal(value) }}), 0) as {{ ward_column(value) }}
    {%- endfor %}
    from {{ relation }}
    group by {{ key }}
{% endmacro %}

{% macro parents(relation) %}
    {%- set tree = {} -%}
    {%- for row in rows('select ward, parent from ' ~ relation ~ ' order by 1') -%}{%- do tree.update({row['ward']: row.parent}) -%}{%- endfor -%}
    {{ return(tree) }}
{% endmacro %}

{% macro path_of(ward, tree) %}
    {%- set above = tree.get(ward) -%}
    {{ return(ward if above is none else path_of(above, tree) ~ '/' ~ ward) }}
{% endmacro %}

{% macro depth_of(ward, tree) %}{{ return(0 if tree.get(ward) is none else 1 + depth_of(tree[ward], tree)) }}{% endmacro %}

{% macro banded(expression) %}
    {%- set rules = toolbox.bands() -%}
    {%- call toolbox.case_of('', otherwise=toolbox.literal(rules.default)) -%}
        {%- for band in rules.bands %}
        when {{ expression ~ ' < ' ~ band.to if band.to is defined else 'true' }} then {{ toolbox.literal(band.name) }}
        {%- endfor -%}
    {%- endcall -%}
{% endmacro %}

{% macro columns_like(relation, kind) %}
    {%- set names = [] -%}
    {%- for column in adapter.get_columns_in_relation(relation) if (kind == 'number' and column.is_number()) or (kind == 'text' and column.is_string()) -%}
        {%- do names.append(column.name) -%}
    {%- endfor -%}
    {{ return(names) }}
{% endmacro %}


{% macro nulls_of(relation) %}
    {%- for column in adapter.get_columns_in_relation(relation) %}
    select {{ loop.index }} as n, '{{ column.name }}' as column_name, count(*) - count({{ column.quoted }}) as nulls from {{ relation }} {{ 'union all' if not loop.last }}
    {%- endfor %}
{% endmacro %}
