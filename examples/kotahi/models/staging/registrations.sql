-- A client's registrations with services: the status rows of one registered date together, the newest of them last.
-- The status itself is not relied on (many are never moved on from New Referral); activities decide.
with newest as (
    select distinct on (s.clientid, s.serviceid, s.registereddate)
        s.clientid, s.serviceid, s.registereddate, s.servicestatusid, s.statusdate, s.dischargedate, s.exitby, s.userid
    from {{ source('karo', 'clientservicestatus') }} as s
    where s.registereddate is not null
    order by s.clientid, s.serviceid, s.registereddate, s.statusdate desc nulls last, s.clientservicestatusid desc
),
history as (
    select
        s.clientid, s.serviceid, s.registereddate,
        jsonb_agg(jsonb_build_object('status', t.name, 'from', s.statusdate) order by s.statusdate, s.clientservicestatusid) as status_history
    from {{ source('karo', 'clientservicestatus') }} as s
    left join {{ source('karo', 'servicestatus') }} as t using (servicestatusid)
    where s.registereddate is not null
    group by s.clientid, s.serviceid, s.registereddate
),
spans as (
    -- A registration lasts until the client's next one with the same service.
    select
        n.*, lead(n.registereddate) over (partition by n.clientid, n.serviceid order by n.registereddate) as next_registered
    from newest as n
),
worked as (
    select
        s.clientid, s.serviceid, s.registereddate,
        count(a.activityid) as activities,
        max(a.activitydate) as last_activity,
        max(a.entereddate::date) filter (where a.activitytypeid in ({{ var('discharge_types') | join(', ') }})) as discharge_entered,
        sum(a.durationminutes) as minutes
    from spans as s
    cross join {{ ref('report_day') }} as d
    left join {{ source('karo', 'activities') }} as a
        on a.clientid = s.clientid and a.serviceid = s.serviceid and a.status is distinct from 'Cancelled'
        and a.activitydate >= s.registereddate and a.activitydate <= d.day and (s.next_registered is null or a.activitydate < s.next_registered)
    group by s.clientid, s.serviceid, s.registereddate
)
select
    s.clientid, s.serviceid, s.registereddate, s.servicestatusid, s.statusdate, s.userid, s.exitby, h.status_history,
    w.activities, w.last_activity, w.minutes,
    least(s.dischargedate, w.discharge_entered) as dischargedate
from spans as s
join history as h using (clientid, serviceid, registereddate)
join worked as w using (clientid, serviceid, registereddate)
