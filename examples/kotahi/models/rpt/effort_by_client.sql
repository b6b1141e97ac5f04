{{ config(indexes=[{'columns': ['clientid'], 'unique': true}]) }}
-- The staff's time that went to each client: a session's is divided evenly among those who were there, so the sum over clients is the time that was worked.
with shares as (
    select a.clientid, e.person_minutes_a_client as person_minutes, e.duration_minutes as client_minutes
    from {{ ref('effort') }} as e
    join {{ ref('activities') }} as a using (activityid)
    union all
    select p.clientid, e.person_minutes_a_client, e.duration_minutes
    from {{ ref('effort') }} as e
    join (select distinct groupactivityid, clientid from {{ source('karo', 'groupactivityparticipants') }} where attended) as p using (groupactivityid)
)
select clientid, count(*) as sessions, round(sum(person_minutes) / 60, 2) as person_hours, round(sum(client_minutes) / 60.0, 2) as client_hours
from shares
group by clientid
