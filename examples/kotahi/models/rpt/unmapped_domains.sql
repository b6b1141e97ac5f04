-- Domains of goals that seeds/domain_map.csv does not place on the day the goal was set: add a row there.
select domain, count(*) as goals, min(setdate) as first_set, max(setdate) as last_set from {{ ref('goals') }} where wellbeing_domain is null group by domain
