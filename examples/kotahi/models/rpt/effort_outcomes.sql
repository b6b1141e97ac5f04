{{ config(indexes=[{'columns': ['clientid'], 'unique': true}]) }}
-- Effort against what came of it: goals met, and the change of risk and need from the first assessment to the last (less than zero is better).
with risk as (
    select
        clientid, count(*) as assessments, (array_agg(risk order by assessed desc))[1] - (array_agg(risk order by assessed))[1] as risk_change,
        (array_agg(need order by assessed desc))[1] - (array_agg(need order by assessed))[1] as need_change
    from {{ ref('assessments') }}
    group by clientid
    having count(*) >= 2
),
met as (
    select clientid, count(*) as goals, count(*) filter (where is_met) as goals_met from {{ ref('goals') }} where clientid is not null group by clientid
)
select
    e.clientid, e.sessions, e.person_hours, e.client_hours, coalesce(m.goals, 0) as goals, coalesce(m.goals_met, 0) as goals_met,
    round(e.person_hours / nullif(m.goals_met, 0), 2) as person_hours_a_goal_met, r.assessments, r.risk_change, r.need_change
from {{ ref('effort_by_client') }} as e
left join met as m using (clientid)
left join risk as r using (clientid)
