select
    encounter_id,
    patient_id,
    practitioner_id,
    organization_id,
    location_id,
    status,
    class_code,
    type,
    reason,
    started_at,
    ended_at,
    started_on,
    minutes,
    took_place
from {{ ref('int_encounters') }}
