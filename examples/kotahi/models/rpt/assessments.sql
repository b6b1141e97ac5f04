{{ config(indexes=[{'columns': ['clientid', 'assessed']}]) }}
-- Every assessment of risk and need: those of Hauora and those among the activities (type 8). One a client and day counts, the last.
with scores as (
    select clientid, assesseddate as assessed, riskscore::numeric as risk, needscore::numeric as need, 1 as origin, assessmentid as id from {{ source('karo', 'hauoraassessments') }}
    union all
    select
        clientid, activitydate, (customfielddatajson ->> 'RiskScore')::numeric, (customfielddatajson ->> 'NeedScore')::numeric, 2, activityid
    from {{ ref('activities') }}
    where activitytypeid = 8 and status is distinct from 'Cancelled'
)
select distinct on (s.clientid, s.assessed) s.clientid, s.assessed, s.risk, s.need
from scores as s
cross join {{ ref('report_day') }} as d
where s.assessed <= d.day and s.clientid is not null and (s.risk is not null or s.need is not null)
order by s.clientid, s.assessed, s.origin desc, s.id desc
