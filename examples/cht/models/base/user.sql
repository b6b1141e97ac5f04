{{ config(materialized='incremental', unique_key='user_id') }}
-- Who may use the app, from their settings. Passwords and their salts never arrive.
select
    uuid as user_id,
    saved_timestamp,
    doc ->> 'name' as name,
    nullif(doc ->> 'contact_id', '') as contact_uuid,
    doc #>> case jsonb_typeof(doc -> 'facility_id') when 'array' then '{facility_id,0}' else '{facility_id}' end::text[] as place_uuid,
    doc ->> 'language' as language,
    (select string_agg(role, ',' order by role) from jsonb_array_elements_text(case jsonb_typeof(doc -> 'roles') when 'array' then doc -> 'roles' else '[]' end) as role) as roles
from {{ changed_documents('medic', 'medic') }}
where doc ->> 'type' = 'user-settings'
