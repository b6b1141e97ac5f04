{# Indexes that a model's `indexes` configuration asks for. #}

{% macro get_create_index_sql(relation, index_dict) -%}
    {{ return(adapter.dispatch('get_create_index_sql', 'dbt')(relation, index_dict)) }}
{%- endmacro %}

{% macro default__get_create_index_sql(relation, index_dict) -%}
    {%- set columns = index_dict['columns'] -%}
    create {{ 'unique ' if index_dict.get('unique') }}index if not exists {{ adapter.quote(adapter.index_name(relation, index_dict)) }}
    on {{ relation }} {{ 'using ' ~ index_dict['type'] if index_dict.get('type') }}
    ({{ get_quoted_csv([columns] if columns is string else columns) }})
{%- endmacro %}

{% macro create_indexes(relation) -%}
    {{ adapter.dispatch('create_indexes', 'dbt')(relation) }}
{%- endmacro %}

{% macro default__create_indexes(relation) -%}
    {%- for index_dict in config.get('indexes', default=[]) -%}
        {%- set create_index_sql = get_create_index_sql(relation, index_dict) -%}
        {%- if create_index_sql -%}
            {%- do run_query(create_index_sql) -%}
        {%- endif -%}
    {%- endfor -%}
{%- endmacro %}
