{{ config(indexes=[{'columns': ['uuid'], 'unique': true}]) }}
select
    telemetry.uuid,
    telemetry.period_start,
    telemetry.user_name,
    telemetry.device_id,
    meta.doc #>> '{device,userAgent}' as user_agent,
    meta.doc #>> '{device,deviceInfo,hardware,manufacturer}' as device_manufacturer,
    meta.doc #>> '{device,deviceInfo,hardware,model}' as device_model,
    meta.doc #>> '{device,deviceInfo,app,version}' as android_app_version,
    {{ ref('as_number') }}(meta.doc #>> '{device,deviceInfo,storage,free}') as storage_free,
    {{ ref('as_number') }}(meta.doc #>> '{device,deviceInfo,storage,total}') as storage_total,
    {{ ref('as_number') }}(meta.doc #>> '{device,deviceInfo,ram,free}') as ram_free,
    {{ ref('as_number') }}(meta.doc #>> '{device,deviceInfo,ram,total}') as ram_total
from {{ ref('telemetry') }} as telemetry
join {{ ref('stg_users_meta') }} as meta using (uuid)
