{{ config(indexes=[{'columns': ['clientid', 'assessed'], 'unique': true}]) }}
-- Risk and need from one assessment to the next, as points in thirty days. Less than zero is better: scores fall as people do well.
-- The first assessment of a client has no change; two are needed.
select
    clientid, assessed, risk, need, assessed - lag(assessed) over w as days_since,
    round((risk - lag(risk) over w) * 30 / (assessed - lag(assessed) over w), 3) as risk_change_30_days,
    round((need - lag(need) over w) * 30 / (assessed - lag(assessed) over w), 3) as need_change_30_days,
    lead(assessed) over w as valid_until
from {{ ref('assessments') }}
window w as (partition by clientid order by assessed)
