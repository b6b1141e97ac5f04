{{ config(alias='couchdb') }}
-- The older couch2pg's table: documents of medic and sentinel without those that were deleted.
select doc from {{ ref('stg_medic') }}
union all
select doc from {{ ref('stg_sentinel') }}
