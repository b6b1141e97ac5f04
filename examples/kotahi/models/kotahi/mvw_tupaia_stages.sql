{{ config(materialized='materialized_view', indexes=[{'columns': ['clientid', 'pathway', 'stage_number'], 'unique': true}]) }}
-- How far each client came on each pathway of Tupaia: allocation, needs assessment, pathway.
select
    a.clientid, coalesce(a.customfielddatajson ->> 'Pathway', 'Not stated') as pathway,
    a.activitytypeid - 20 as stage_number,
    case a.activitytypeid when 21 then 'Allocation' when 22 then 'Needs assessment' when 23 then 'Pathway' end as stage,
    min(a.activitydate) as reached, max(a.activitydate) as last_activity, count(*) as activities,
    (array_agg(a.customfielddatajson ->> 'Stage' order by a.activitydate desc, a.activityid desc))[1] as progress,
    max(d.day) as reported_for
from {{ ref('activities') }} as a
cross join {{ ref('report_day') }} as d
where a.activitytypeid in (21, 22, 23) and a.activitydate <= d.day and a.status is distinct from 'Cancelled'
group by a.clientid, pathway, a.activitytypeid
