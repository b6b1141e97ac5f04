{{ config(materialized='incremental', unique_key='uuid', indexes=[{'columns': ['uuid'], 'unique': true}, {'columns': ['period_start', 'user_name']}]) }}
-- One row a user, device and day (before 3.8: month, counted from 0).
select
    uuid,
    saved_timestamp,
    case
        when doc #>> '{metadata,year}' ~ '^\d{4}$' and doc #>> '{metadata,month}' ~ '^\d{1,2}$' then
            {{ ref('as_day') }}(concat_ws('-', doc #>> '{metadata,year}',
                lpad(((doc #>> '{metadata,month}')::int + case when not doc -> 'metadata' ? 'day' and coalesce(doc #>> '{metadata,versions,app}', '0.') ~ '^([0-2]\.|3\.[0-7](\.|$))' then 1 else 0 end)::text, 2, '0'),
                lpad(coalesce(doc #>> '{metadata,day}', '1'), 2, '0')))
    end as period_start,
    doc #>> '{metadata,user}' as user_name,
    doc #>> '{metadata,versions,app}' as app_version,
    doc #>> '{metadata,deviceId}' as device_id,
    {{ ref('as_number') }}(doc #>> '{metrics,boot_time,min}') as boot_time_min,
    {{ ref('as_number') }}(doc #>> '{metrics,boot_time,max}') as boot_time_max,
    {{ ref('as_number') }}(doc #>> '{metrics,boot_time,count}') as boot_time_count,
    {{ ref('as_number') }}(doc #>> '{dbInfo,doc_count}') as doc_count_on_local_db
from {{ changed_documents('users_meta', 'medic-users-meta') }}
where doc ->> 'type' = 'telemetry'
