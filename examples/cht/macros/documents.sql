{# The documents of one database as they are now. Deleted ones are not there; those who need them read v1.couchdb. #}
{% macro documents(table, database) -%}
    select _id as uuid, doc, saved_timestamp
    from {{ source('couch', table) }}
    where not _deleted and source like '%/{{ database }}'
{%- endmacro %}

{# What every report has, whatever its form. What stands above the sender is as it was when they reported. #}
{% macro report_columns() -%}
    uuid,
    saved_timestamp,
    {{ ref('as_moment') }}(doc ->> 'reported_date') as reported,
    nullif(doc ->> 'form', '') as form,
    nullif(doc ->> 'from', '') as from_phone,
    coalesce(nullif(doc ->> 'patient_id', ''), nullif(doc #>> '{fields,patient_id}', ''), nullif(doc #>> '{fields,patient_uuid}', '')) as patient_id,
    coalesce(nullif(doc ->> 'place_id', ''), nullif(doc #>> '{fields,place_id}', '')) as place_id,
    nullif(doc #>> '{contact,_id}', '') as contact_uuid,
    nullif(doc #>> '{contact,parent,_id}', '') as parent_uuid,
    nullif(doc #>> '{contact,parent,parent,_id}', '') as grandparent_uuid
{%- endmacro %}

{#
    A form as a view with typed columns: `columns` says for each its path below fields and its type (text, date, number, whole). An empty answer, and one that is none of
    its type, is null. What has no column stays in `fields`.
#}
{% macro form_view(form, columns) -%}
    select
        {{ report_columns() }},
        {%- for name, (path, type) in columns.items() %}
        {{ form_value(path, type) }} as {{ name }},
        {%- endfor %}
        doc -> 'fields' as fields
    from {{ ref('stg_medic') }}
    where doc ->> 'type' = 'data_record' and doc ->> 'form' = '{{ form }}'
{%- endmacro %}

{% macro form_value(path, type) -%}
    {%- set value = "nullif(doc #>> '{fields," ~ path ~ "}', '')" -%}
    {%- if type == 'date' -%} {{ ref('as_day') }}({{ value }})
    {%- elif type == 'number' -%} {{ ref('as_number') }}({{ value }})
    {%- elif type == 'whole' -%} trunc({{ ref('as_number') }}({{ value }}))
    {%- else -%} {{ value }}
    {%- endif -%}
{%- endmacro %}

{# Documents are found by type and form, and the planner knows how many there are of each. Made once, after the first copy. #}
{% macro index_documents() -%}
    {%- if execute and flags.WHICH in ('build', 'run') and adapter.get_relation(target.database, 'v1', 'couchdb') is not none
        and run_query("select to_regclass('v1.couchdb_type') is null").rows[0][0] -%}
        {%- do run_query("create index couchdb_type on v1.couchdb ((doc ->> 'type'))") -%}
        {%- do run_query("create index couchdb_form on v1.couchdb ((doc ->> 'form')) where doc ->> 'type' = 'data_record'") -%}
        {%- do run_query("analyze v1.couchdb") -%}
    {%- endif -%}
{%- endmacro %}
