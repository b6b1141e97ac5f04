{{ config(materialized='materialized_view', indexes=[{'columns': ['clientid', 'serviceid', 'registereddate'], 'unique': true}]) }}
-- Registrations, active or not: discharged since the day of the discharge, else active while the last activity (or the registration) is
-- not older than active_days; the ninetieth day still counts, a day in the future does not.
select
    r.clientid, r.serviceid, s.name as service_registered_name, r.registereddate, r.dischargedate, r.exitby, t.name as recorded_status, r.status_history,
    concat_ws(' ', u.firstname, u.lastname) as username, r.activities, r.last_activity,
    case
        when r.dischargedate <= d.day then 'Discharged'
        when d.day - coalesce(r.last_activity, r.registereddate) <= {{ var('active_days') }} then 'Active'
        else 'Inactive'
    end as activity_status,
    c.clientid is not null as client_is_known, d.day as reported_for
from {{ ref('registrations') }} as r
cross join {{ ref('report_day') }} as d
left join {{ ref('services') }} as s using (serviceid)
left join {{ ref('servicestatus') }} as t on t.servicestatusid = r.servicestatusid
left join {{ ref('users') }} as u on u.userid = r.userid
left join {{ ref('clients') }} as c on c.clientid = r.clientid
where r.registereddate <= d.day
