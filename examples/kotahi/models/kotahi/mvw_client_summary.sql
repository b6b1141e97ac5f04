{{ config(materialized='materialized_view', indexes=[{'columns': ['clientid'], 'unique': true}]) }}
-- Who the clients are, where they live, and with whom.
with services as (
    select
        clientid, count(*) filter (where activity_status = 'Active') as active_services, count(*) as services, max(last_activity) as last_activity
    from {{ ref('mvw_client_services') }}
    group by clientid
)
select
    c.clientid, n.nhi, n.nhi_form, c.firstname, c.lastname, c.dateofbirth, c.gender,
    extract(year from age(d.day, c.dateofbirth))::int as age_years,
    e1.name as ethnicity1, e2.name as ethnicity2, {{ prioritised_ethnicity('e1.code', 'e2.code') }} as prioritised_ethnicity,
    b.name as dhb, c.locality, p.name as provider, h.householdid, h.household_size,
    coalesce(s.services, 0) as services, coalesce(s.active_services, 0) as active_services, s.last_activity,
    coalesce(d.day - s.last_activity <= {{ var('active_days') }}, false) as is_active, c.createddate, d.day as reported_for
from {{ ref('clients') }} as c
cross join {{ ref('report_day') }} as d
left join {{ ref('client_nhi') }} as n using (clientid)
left join {{ ref('household_members') }} as h using (clientid)
left join services as s using (clientid)
left join {{ ref('ethnicities') }} as e1 on e1.ethnicityid = c.ethnicity1id
left join {{ ref('ethnicities') }} as e2 on e2.ethnicityid = c.ethnicity2id
left join {{ ref('dhbs') }} as b on b.dhbid = c.dhbid
left join {{ ref('providers') }} as p on p.providerid = c.providerid
