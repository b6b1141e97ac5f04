{{ config(materialized='incremental', unique_key='uuid', indexes=[{'columns': ['uuid', 'target'], 'unique': true}]) }}
-- One row a target, person and period.
select
    uuid,
    saved_timestamp,
    split_part(uuid, '~', 2) as period,
    doc ->> 'owner' as owner_uuid,
    doc ->> 'user' as user_id,
    each ->> 'id' as target,
    {{ ref('as_number') }}(each #>> '{value,pass}')::bigint as pass,
    {{ ref('as_number') }}(each #>> '{value,total}')::bigint as total,
    {{ ref('as_moment') }}(doc ->> 'updated_date') as updated
from {{ changed_documents('medic', 'medic') }}
cross join lateral jsonb_array_elements(case jsonb_typeof(doc -> 'targets') when 'array' then doc -> 'targets' else '[]' end) as each
where doc ->> 'type' = 'target'
