select
    care_plan_id,
    patient_id,
    encounter_id,
    practitioner_id,
    organization_id,
    care_team_id,
    status,
    intent,
    category,
    title,
    description,
    activities,
    started_at,
    ended_at,
    status = 'active' as is_open
from {{ ref('stg_care_plan') }}
where status is distinct from 'entered-in-error'
