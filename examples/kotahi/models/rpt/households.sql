{{ config(indexes=[{'columns': ['householdid'], 'unique': true}]) }}
-- One row a household: where it lives (where most of its people do), how many it has, who they are.
select
    h.householdid, count(*) as household_size, mode() within group (order by c.locality) as locality, mode() within group (order by c.dhbid) as dhbid,
    count(distinct c.locality) > 1 as has_several_localities,
    count(*) filter (where age(d.day, c.dateofbirth) < interval '19 years') as children,
    count(*) filter (where age(d.day, c.dateofbirth) >= interval '19 years' and age(d.day, c.dateofbirth) < interval '65 years') as adults,
    count(*) filter (where age(d.day, c.dateofbirth) >= interval '65 years') as elders,
    min(c.createddate)::date as known_since
from {{ ref('household_members') }} as h
cross join {{ ref('report_day') }} as d
left join {{ source('karo', 'clients') }} as c using (clientid)
group by h.householdid
