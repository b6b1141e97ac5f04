{{ config(indexes=[{'columns': ['session'], 'unique': true}]) }}
-- What was done with how much: one row a session, so that a group session with many activities and many people counts once.
-- person minutes: of staff; client minutes: of people who were there. An activity outside a group has one of each.
with sessions as (
    select 'activity ' || activityid as session, activityid, null::bigint as groupactivityid, serviceid, activitydate as day, durationminutes as duration_minutes,
        1::bigint as staff, 1::bigint as clients, durationminutes::bigint as person_minutes
    from {{ ref('activities') }}
    where groupactivityid is null and status = 'Done'
    union all
    select 'group ' || g.groupactivityid, null, g.groupactivityid, g.serviceid, g.starttime::date, g.durationminutes,
        greatest(s.staff, 1), coalesce(p.clients, 0), coalesce(s.minutes, g.durationminutes)
    from {{ source('karo', 'groupactivities') }} as g
    left join (
        select groupactivityid, count(distinct userid) as staff, sum(minutes) as minutes from {{ source('karo', 'groupactivitystaff') }} group by groupactivityid
    ) as s using (groupactivityid)
    left join (
        select groupactivityid, count(distinct clientid) as clients from {{ source('karo', 'groupactivityparticipants') }} where attended group by groupactivityid
    ) as p using (groupactivityid)
)
select
    s.session, s.activityid, s.groupactivityid, s.serviceid, s.day, s.duration_minutes, s.staff, s.clients, s.person_minutes,
    s.duration_minutes * s.clients as client_minutes, s.person_minutes::numeric / nullif(s.clients, 0) as person_minutes_a_client
from sessions as s
cross join {{ ref('report_day') }} as d
where s.day <= d.day
