{{ config(indexes=[{'columns': ['uuid'], 'unique': true}, {'columns': ['patient_uuid']}]) }}
select
    form.uuid,
    subject.patient_uuid,
    form.reported,
    form.contact_uuid as reported_by,
    form.parent_uuid as reported_by_parent,
    form.delivery_date,
    form.delivery_place,
    form.delivery_method,
    form.delivery_outcome,
    form.mother_outcome,
    form.delivery_place = 'health_facility' as at_facility,
    form.babies_alive
from {{ ref('formview_delivery') }} as form
join {{ ref('report_subject') }} as subject using (uuid)
