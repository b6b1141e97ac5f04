{{ config(materialized='view') }}
select uuid, saved_timestamp, doc ->> 'type' as doc_type
from {{ ref('stg_medic') }}
union all
select uuid, saved_timestamp, doc ->> 'type'
from {{ ref('stg_users_meta') }}
