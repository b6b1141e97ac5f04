{{ config(indexes=[{'columns': ['uuid'], 'unique': true}]) }}
-- Deaths, without those that were reported by mistake: a later report undoes the ones before it.
select
    form.uuid,
    subject.patient_uuid,
    form.reported,
    form.contact_uuid as reported_by,
    form.parent_uuid as reported_by_parent,
    form.date_of_death,
    form.place_of_death,
    person.sex,
    person.date_of_birth,
    (form.date_of_death - person.date_of_birth) / 365 as age_in_years,
    exists (
        select from {{ ref('useview_delivery') }} as delivery
        where delivery.patient_uuid = subject.patient_uuid and form.date_of_death between delivery.delivery_date and delivery.delivery_date + 42
    ) as within_42_days_of_delivery
from {{ ref('formview_death_report') }} as form
join {{ ref('report_subject') }} as subject using (uuid)
left join {{ ref('person') }} as person on person.uuid = subject.patient_uuid
where not exists (
    select
    from {{ ref('formview_undo_death_report') }} as undo
    join {{ ref('report_subject') }} as undone using (uuid)
    where undone.patient_uuid = subject.patient_uuid and undo.reported > form.reported and undo.confirm_undo = 'yes'
)
