-- Goal plans with their goals counted.
select
    p.goalplanid, p.clientid, p.serviceid, s.name as servicename, p.startdate, p.enddate, p.status, count(g.goalid) as goals,
    count(*) filter (where g.is_met) as goals_met, round(avg(g.progress), 2) as mean_progress
from {{ source('karo', 'hauoragoalplans') }} as p
left join {{ ref('goals') }} as g using (goalplanid)
left join {{ source('karo', 'services') }} as s on s.serviceid = p.serviceid
group by p.goalplanid, p.clientid, p.serviceid, s.name, p.startdate, p.enddate, p.status
