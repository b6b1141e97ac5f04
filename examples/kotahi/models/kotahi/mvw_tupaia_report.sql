{{ config(materialized='materialized_view', indexes=[{'columns': ['clientid', 'serviceid', 'registereddate'], 'unique': true}]) }}
-- Tupaia: each registration with one of its services, and how far the client came on that pathway.
with reached as (
    select
        clientid, pathway, max(stage_number) as stage_number,
        min(reached) filter (where stage_number = 1) as allocated, min(reached) filter (where stage_number = 2) as needs_assessed,
        min(reached) filter (where stage_number = 3) as pathway_begun, (array_agg(progress order by stage_number desc))[1] as progress
    from {{ ref('mvw_tupaia_stages') }}
    group by clientid, pathway
)
select
    c.clientid, c.serviceid, c.registereddate, c.service_registered_name as pathway, c.activity_status, c.dischargedate, c.exitby, c.last_activity,
    case when k.dateofbirth is null then 'unknown' when age(c.reported_for, k.dateofbirth) < interval '19 years' then 'child' else 'adult' end as age_group,
    k.locality, r.allocated, r.needs_assessed, r.pathway_begun,
    case r.stage_number when 1 then 'Allocation' when 2 then 'Needs assessment' when 3 then 'Pathway' end as stage, r.progress, c.reported_for
from {{ ref('mvw_client_services') }} as c
join {{ ref('services') }} as s on s.serviceid = c.serviceid and s.istupaia
left join {{ ref('clients') }} as k on k.clientid = c.clientid
left join reached as r on r.clientid = c.clientid and r.pathway = c.service_registered_name
