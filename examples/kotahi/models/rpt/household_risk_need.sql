{{ config(indexes=[{'columns': ['householdid', 'day'], 'unique': true}]) }}
-- A household's risk and need over time: on each day on which one of its people was assessed, the mean of everybody's latest scores.
with steps as (
    select
        h.householdid, a.assessed as day, a.risk - coalesce(lag(a.risk) over w, 0) as risk_step, a.need - coalesce(lag(a.need) over w, 0) as need_step,
        (row_number() over w = 1)::int as newcomer
    from {{ ref('assessments') }} as a
    join {{ ref('household_members') }} as h using (clientid)
    where a.risk is not null and a.need is not null
    window w as (partition by a.clientid order by a.assessed)
),
by_day as (
    select householdid, day, sum(risk_step) as risk_step, sum(need_step) as need_step, sum(newcomer) as newcomers from steps group by householdid, day
)
select
    householdid, day, sum(newcomers) over w as people_assessed,
    round(sum(risk_step) over w / sum(newcomers) over w, 3) as mean_risk, round(sum(need_step) over w / sum(newcomers) over w, 3) as mean_need
from by_day
window w as (partition by householdid order by day)
