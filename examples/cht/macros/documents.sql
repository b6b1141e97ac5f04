{# The documents of one database as they are now. Deleted ones are not there; those who need them read v1.couchdb. #}
{% macro documents(table, database) -%}
    select _id as uuid, doc, saved_timestamp
    from {{ source('couch', table) }}
    where not _deleted and source like '%/{{ database }}'
{%- endmacro %}

{# The same for an incremental model: only what changed since its last success, and all of them when it is built for the first time. #}
{% macro changed_documents(table, database) -%}
    (select _id as uuid, doc, saved_timestamp from {{ changes('couch', table) }} where source like '%/{{ database }}') as documents
{%- endmacro %}

{# Documents are found by type, and the planner knows how many there are of each. Made once, after the first copy. #}
{% macro index_documents() -%}
    {%- if execute and flags.WHICH in ('build', 'run') and adapter.get_relation(target.database, 'v1', 'couchdb') is not none
        and run_query("select to_regclass('v1.couchdb_type') is null").rows[0][0] -%}
        {%- do run_query("create index couchdb_type on v1.couchdb ((doc ->> 'type'))") -%}
        {%- do run_query("analyze v1.couchdb") -%}
    {%- endif -%}
{%- endmacro %}
