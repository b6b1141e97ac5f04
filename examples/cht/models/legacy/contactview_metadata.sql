{{ config(materialized='materialized_view', indexes=[{'columns': ['uuid'], 'unique': true}, {'columns': ['parent_uuid']}, {'columns': ['type']}]) }}
select uuid, name, contact_type as type, contact_type, contact_id as contact_uuid, parent_uuid, notes, reported
from {{ ref('contact') }}
