{{ config(materialized='incremental', unique_key='uuid', indexes=[{'columns': ['uuid'], 'unique': true}]) }}
-- What went wrong in the app, sent by itself or by its users.
select
    uuid,
    saved_timestamp,
    case when doc #>> '{meta,time}' ~ '^\d{4}-\d\d-\d\dT\d\d:\d\d' then (doc #>> '{meta,time}')::timestamptz end as period_start,
    doc #>> '{meta,user,name}' as user_name,
    doc #>> '{meta,source}' as source,
    doc #>> '{meta,url}' as url,
    doc #>> '{meta,version}' as app_version,
    coalesce(doc #>> '{info,cause}', case when jsonb_typeof(doc -> 'info') <> 'object' then doc ->> 'info' end) as cause,
    doc #>> '{info,message}' as message
from {{ changed_documents('users_meta', 'medic-users-meta') }}
where doc ->> 'type' = 'feedback'
