{{ config(materialized='materialized_view', indexes=[{'columns': ['pathway', 'stage_number', 'age_group'], 'unique': true}]) }}
-- How many clients stand at each stage of each pathway: at the furthest one that they reached. Children are those of 18 years and less.
with furthest as (
    select distinct on (clientid, pathway) clientid, pathway, stage_number, stage, reported_for
    from {{ ref('mvw_tupaia_stages') }}
    order by clientid, pathway, stage_number desc
)
select
    f.pathway, f.stage_number, f.stage,
    case when c.dateofbirth is null then 'unknown' when age(f.reported_for, c.dateofbirth) < interval '19 years' then 'child' else 'adult' end as age_group,
    count(*) as clients, max(f.reported_for) as reported_for
from furthest as f
left join {{ ref('clients') }} as c using (clientid)
group by f.pathway, f.stage_number, f.stage, age_group
