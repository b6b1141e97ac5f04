{{ config(materialized='materialized_view', indexes=[{'columns': ['uuid'], 'unique': true}, {'columns': ['chw']}, {'columns': ['reported']}, {'columns': ['formname']}]) }}
select uuid, contact_uuid as chw, parent_uuid as chw_area, form as formname, reported at time zone 'UTC' as reported
from {{ ref('data_record') }}
where form is not null
