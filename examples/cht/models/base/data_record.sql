{{ config(materialized='view') }}
-- Every report, from the app or by SMS. A view: a report is here the moment it is committed. contact_ancestor says what stands above its sender now.
select
    {{ report_columns() }},
    doc ? 'sms_message' as by_sms,
    doc #>> '{fields,inputs,source}' = 'task' as from_task,
    jsonb_typeof(doc -> 'errors') = 'array' and doc -> 'errors' <> '[]' as has_errors
from {{ ref('stg_medic') }}
where doc ->> 'type' = 'data_record'
