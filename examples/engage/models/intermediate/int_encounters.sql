-- Encounters that happened or will: what was entered in error is left out, and the organization comes from the patient when the visit names none.
select
    encounter.encounter_id,
    encounter.status,
    encounter.class_code,
    encounter.type,
    encounter.reason,
    encounter.patient_id,
    encounter.practitioner_id,
    encounter.location_id,
    coalesce(encounter.organization_id, patient.organization_id) as organization_id,
    encounter.started_at,
    encounter.ended_at,
    {{ local_day('encounter.started_at') }} as started_on,
    round(extract(epoch from encounter.ended_at - encounter.started_at) / 60)::integer as minutes,
    encounter.status in ('arrived', 'triaged', 'in-progress', 'onleave', 'finished') as took_place,
    encounter.updated_at
from {{ ref('stg_encounter') }} as encounter
left join {{ ref('stg_patient') }} as patient using (patient_id)
where encounter.status is distinct from 'entered-in-error'
