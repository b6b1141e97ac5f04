{{ config(materialized='materialized_view', indexes=[{'columns': ['activityid'], 'unique': true}, {'columns': ['clientid']}]) }}
-- The details of activities, without a word of what was said.
select
    a.activityid, a.clientid, a.activitytypeid, t.name as activitytype, t.category, a.serviceid, s.name as servicename, a.userid,
    concat_ws(' ', u.firstname, u.lastname) as username, a.groupactivityid, a.activitydate, a.entereddate, a.modifieddate, a.status,
    a.durationminutes, a.activitydate > d.day as is_in_future, c.clientid is not null as client_is_known, d.day as reported_for
from {{ ref('activities') }} as a
cross join {{ ref('report_day') }} as d
left join {{ ref('activitytypes') }} as t using (activitytypeid)
left join {{ ref('services') }} as s on s.serviceid = a.serviceid
left join {{ ref('users') }} as u on u.userid = a.userid
left join {{ ref('clients') }} as c on c.clientid = a.clientid
