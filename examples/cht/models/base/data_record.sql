{{ config(materialized='view') }}
-- Every report, from the app or by SMS. A view: a report is here the moment it is committed. What stands above the sender is as it was when they reported;
-- contact_ancestor says how it is now.
select
    uuid,
    saved_timestamp,
    {{ ref('as_moment') }}(doc ->> 'reported_date') as reported,
    nullif(doc ->> 'form', '') as form,
    nullif(doc ->> 'from', '') as from_phone,
    coalesce(nullif(doc ->> 'patient_id', ''), nullif(doc #>> '{fields,patient_id}', ''), nullif(doc #>> '{fields,patient_uuid}', '')) as patient_id,
    coalesce(nullif(doc ->> 'place_id', ''), nullif(doc #>> '{fields,place_id}', '')) as place_id,
    nullif(doc #>> '{contact,_id}', '') as contact_uuid,
    nullif(doc #>> '{contact,parent,_id}', '') as parent_uuid,
    nullif(doc #>> '{contact,parent,parent,_id}', '') as grandparent_uuid,
    doc ? 'sms_message' as by_sms,
    doc #>> '{fields,inputs,source}' = 'task' as from_task,
    jsonb_typeof(doc -> 'errors') = 'array' and doc -> 'errors' <> '[]' as has_errors
from {{ ref('stg_medic') }}
where doc ->> 'type' = 'data_record'
