{{ config(materialized='incremental', unique_key='uuid', indexes=[{'columns': ['uuid'], 'unique': true}, {'columns': ['parent_uuid']}, {'columns': ['contact_type']}]) }}
-- Every person and place. Before the configurable hierarchy a document's type was its contact type.
select
    uuid,
    saved_timestamp,
    {{ ref('as_moment') }}(doc ->> 'reported_date') as reported,
    nullif(doc #>> '{parent,_id}', '') as parent_uuid,
    nullif(doc ->> 'name', '') as name,
    coalesce(nullif(doc ->> 'contact_type', ''), doc ->> 'type') as contact_type,
    nullif(doc ->> 'phone', '') as phone,
    nullif(doc ->> 'alternative_phone', '') as phone2,
    doc ->> 'is_active' as active,
    nullif(doc ->> 'notes', '') as notes,
    nullif(doc #>> '{contact,_id}', '') as contact_id,
    coalesce(doc ->> 'muted', '') not in ('', 'false') as muted,
    {{ ref('as_day') }}(doc ->> 'muted') as muted_since
from {{ changed_documents('medic', 'medic') }}
where doc ->> 'type' in ('contact', 'person', 'clinic', 'health_center', 'district_hospital')
