{# What there is in the database: schemas, relations, the catalogue. #}

{% macro information_schema_name(database) %}{{ return(adapter.dispatch('information_schema_name', 'dbt')(database)) }}{% endmacro %}
{% macro default__information_schema_name(database) -%}information_schema{%- endmacro %}

{% macro list_schemas(database) -%}{{ return(adapter.dispatch('list_schemas', 'dbt')(database)) }}{%- endmacro %}
{% macro default__list_schemas(database) -%}
    {%- call statement('list_schemas', fetch_result=true, auto_begin=false) -%}
        select nspname from pg_namespace order by 1
    {%- endcall -%}
    {{ return(load_result('list_schemas').table) }}
{%- endmacro %}

{% macro check_schema_exists(information_schema, schema) -%}{{ return(adapter.dispatch('check_schema_exists', 'dbt')(information_schema, schema)) }}{%- endmacro %}
{% macro default__check_schema_exists(information_schema, schema) -%}
    {%- call statement('check_schema_exists', fetch_result=true, auto_begin=false) -%}
        select count(*) from pg_namespace where nspname = '{{ schema }}'
    {%- endcall -%}
    {{ return(load_result('check_schema_exists').table) }}
{%- endmacro %}

{% macro list_relations_without_caching(schema_relation) -%}{{ return(adapter.dispatch('list_relations_without_caching', 'dbt')(schema_relation)) }}{%- endmacro %}
{% macro default__list_relations_without_caching(schema_relation) -%}
    {%- call statement('list_relations_without_caching', fetch_result=true) -%}
        select
            '{{ schema_relation.database }}' as database,
            c.relname as name,
            n.nspname as schema,
            case c.relkind when 'v' then 'view' when 'm' then 'materialized_view' else 'table' end as type
        from pg_class c
        join pg_namespace n on n.oid = c.relnamespace
        where c.relkind in ('r', 'p', 'v', 'm') and n.nspname ilike '{{ schema_relation.schema }}'
        order by c.relkind in ('v', 'm'), 2
    {%- endcall -%}
    {{ return(load_result('list_relations_without_caching').table) }}
{%- endmacro %}

{# One row a column of every relation in these schemas, in the form of dbt's catalogue. #}
{% macro get_catalog(information_schema, schemas) -%}{{ return(adapter.dispatch('get_catalog', 'dbt')(information_schema, schemas)) }}{%- endmacro %}
{% macro default__get_catalog(information_schema, schemas) -%}
    {%- set conditions = [] -%}
    {%- for schema in schemas -%}
        {%- do conditions.append("upper(n.nspname) = upper('" ~ schema ~ "')") -%}
    {%- endfor -%}
    {{ return(catalog_where(information_schema, conditions)) }}
{%- endmacro %}

{% macro get_catalog_relations(information_schema, relations) -%}{{ return(adapter.dispatch('get_catalog_relations', 'dbt')(information_schema, relations)) }}{%- endmacro %}
{% macro default__get_catalog_relations(information_schema, relations) -%}
    {%- set conditions = [] -%}
    {%- for relation in relations -%}
        {%- do conditions.append("(upper(n.nspname) = upper('" ~ relation.schema ~ "') and upper(c.relname) = upper('" ~ relation.identifier ~ "'))" if relation.identifier
            else "upper(n.nspname) = upper('" ~ relation.schema ~ "')") -%}
    {%- endfor -%}
    {{ return(catalog_where(information_schema, conditions)) }}
{%- endmacro %}

{% macro get_catalog_for_single_relation(relation) -%}{{ return(adapter.dispatch('get_catalog_for_single_relation', 'dbt')(relation)) }}{%- endmacro %}
{% macro default__get_catalog_for_single_relation(relation) -%}
    {{ return(get_catalog_relations(relation.information_schema(), [relation])) }}
{%- endmacro %}

{% macro catalog_where(information_schema, conditions) -%}
    {%- call statement('catalog', fetch_result=true) -%}
        select
            '{{ information_schema.database or target.database }}' as table_database,
            n.nspname as table_schema,
            c.relname as table_name,
            case c.relkind when 'v' then 'VIEW' when 'm' then 'MATERIALIZED VIEW' else 'BASE TABLE' end as table_type,
            obj_description(c.oid, 'pg_class') as table_comment,
            pg_get_userbyid(c.relowner) as table_owner,
            a.attname as column_name,
            a.attnum as column_index,
            format_type(a.atttypid, a.atttypmod) as column_type,
            col_description(c.oid, a.attnum) as column_comment
        from pg_class c
        join pg_namespace n on n.oid = c.relnamespace
        join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
        where c.relkind in ('r', 'f', 'p', 'v', 'm')
          and c.relpersistence in ('p', 'u')
          and ({{ conditions | join(' or ') if conditions else 'false' }})
        order by 2, 3, 8
    {%- endcall -%}
    {{ return(load_result('catalog').table) }}
{%- endmacro %}

{# Which relation reads which: (dependent_schema, dependent_name, referenced_schema, referenced_name). #}
{% macro get_relations() -%}{{ return(adapter.dispatch('get_relations', 'dbt')()) }}{%- endmacro %}
{% macro default__get_relations() -%}
    {%- call statement('relations', fetch_result=true) -%}
        select distinct
            rn.nspname as referenced_schema,
            r.relname as referenced_name,
            dn.nspname as dependent_schema,
            d.relname as dependent_name
        from pg_depend p
        join pg_rewrite w on w.oid = p.objid
        join pg_class d on d.oid = w.ev_class
        join pg_namespace dn on dn.oid = d.relnamespace
        join pg_class r on r.oid = p.refobjid
        join pg_namespace rn on rn.oid = r.relnamespace
        where d.oid <> r.oid and rn.nspname not in ('pg_catalog', 'information_schema') and rn.nspname not like 'pg_toast%'
        order by 1, 2, 3, 4
    {%- endcall -%}
    {{ return(load_result('relations').table) }}
{%- endmacro %}

{% macro get_relation_last_modified(information_schema, relations) -%}{{ return(adapter.dispatch('get_relation_last_modified', 'dbt')(information_schema, relations)) }}{%- endmacro %}
{% macro default__get_relation_last_modified(information_schema, relations) -%}
    {{ exceptions.raise_not_implemented('PostgreSQL does not keep when a relation was modified last; give the source a loaded_at_field') }}
{%- endmacro %}
