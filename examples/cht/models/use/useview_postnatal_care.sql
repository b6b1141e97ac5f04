{{ config(indexes=[{'columns': ['uuid'], 'unique': true}]) }}
-- Visits to mothers and babies after a delivery, with the days since.
select
    event.uuid,
    event.form,
    event.patient_uuid,
    event.reported,
    event.reported_by,
    event.danger_signs is not null as has_danger_signs,
    delivery.uuid as delivery_uuid,
    {{ local_day('event.reported') }} - delivery.delivery_date as days_after_delivery
from {{ ref('useview_pregnancy_event') }} as event
left join lateral (
    select d.uuid, d.delivery_date
    from {{ ref('useview_delivery') }} as d
    where d.patient_uuid = event.patient_uuid and d.delivery_date <= {{ local_day('event.reported') }}
    order by d.delivery_date desc, d.uuid
    limit 1
) as delivery on true
where event.kind in ('postnatal', 'postnatal_baby')
