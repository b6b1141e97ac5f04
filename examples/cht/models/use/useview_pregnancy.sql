{{ config(indexes=[{'columns': ['uuid'], 'unique': true}, {'columns': ['patient_uuid']}]) }}
-- One row a pregnancy: from its registration to its end, with its visits. What follows belongs to the woman's latest registration before it, for 310 days from the
-- last period.
with registered as (
    select
        form.uuid,
        subject.patient_uuid,
        form.reported,
        form.contact_uuid as reported_by,
        form.parent_uuid as reported_by_parent,
        coalesce(form.lmp_date, form.edd - 280) as lmp_date,
        coalesce(form.edd, form.lmp_date + 280) as edd,
        form.risk_factors,
        lead(form.reported) over (partition by subject.patient_uuid order by form.reported, form.uuid) as next_reported
    from {{ ref('formview_pregnancy') }} as form
    join {{ ref('report_subject') }} as subject using (uuid)
    where subject.patient_uuid is not null and form.reported is not null
),

visits as (
    select
        r.uuid,
        count(*) filter (where e.kind = 'visit') as home_visits,
        max(e.reported) filter (where e.kind = 'visit') as last_home_visit,
        count(*) filter (where e.danger_signs is not null) as visits_with_danger_signs,
        count(*) filter (where e.kind = 'postnatal') as postnatal_visits
    from registered as r
    join {{ ref('useview_pregnancy_event') }} as e
        on e.patient_uuid = r.patient_uuid and e.reported >= r.reported and e.reported < coalesce(r.next_reported, 'infinity')
    group by r.uuid
),

deliveries as (
    select distinct on (r.uuid) r.uuid, d.uuid as delivery_uuid, d.delivery_date, d.delivery_place, d.delivery_outcome, d.mother_outcome
    from registered as r
    join {{ ref('useview_delivery') }} as d
        on d.patient_uuid = r.patient_uuid and d.reported >= r.reported and d.reported < coalesce(r.next_reported, 'infinity')
    order by r.uuid, d.reported, d.uuid
)

select
    r.uuid,
    r.patient_uuid,
    r.reported,
    r.reported_by,
    r.reported_by_parent,
    r.lmp_date,
    r.edd,
    (({{ local_day('r.reported') }} - r.lmp_date) / 7)::int as weeks_at_registration,
    r.risk_factors is not null as has_risk_factors,
    coalesce(v.home_visits, 0) as home_visits,
    v.last_home_visit,
    coalesce(v.visits_with_danger_signs, 0) as visits_with_danger_signs,
    d.delivery_uuid,
    d.delivery_date,
    d.delivery_place,
    d.delivery_outcome,
    d.mother_outcome,
    coalesce(v.postnatal_visits, 0) as postnatal_visits,
    case
        when d.delivery_uuid is not null then 'delivered'
        when r.edd + 30 < {{ as_of_date(var('zone')) }} then 'outcome unknown'
        else 'pregnant'
    end as status
from registered as r
left join visits as v using (uuid)
left join deliveries as d using (uuid)
