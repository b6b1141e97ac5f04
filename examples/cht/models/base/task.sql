{{ config(materialized='incremental', unique_key='uuid', indexes=[{'columns': ['uuid'], 'unique': true}, {'columns': ['owner_uuid']}]) }}
select
    uuid,
    saved_timestamp,
    split_part(uuid, '~', 2) as user_id,
    doc ->> 'owner' as owner_uuid,
    doc ->> 'requester' as requester_uuid,
    split_part(uuid, '~', 3) as report_uuid,
    split_part(uuid, '~', 4) as name,
    doc #>> '{emission,title}' as title,
    doc ->> 'state' as state,
    {{ ref('as_day') }}(doc #>> '{emission,dueDate}') as due_on,
    {{ ref('as_day') }}(doc #>> '{emission,startDate}') as starts_on,
    {{ ref('as_day') }}(doc #>> '{emission,endDate}') as ends_on,
    doc #>> '{emission,priority}' as priority,
    doc #>> '{emission,actions,0,form}' as form,
    {{ ref('as_moment') }}(doc ->> 'authoredOn') as authored,
    {{ ref('as_moment') }}(jsonb_path_query_first(doc, '$.stateHistory[last].timestamp') #>> '{}') as state_since
from {{ changed_documents('medic', 'medic') }}
where doc ->> 'type' = 'task'
