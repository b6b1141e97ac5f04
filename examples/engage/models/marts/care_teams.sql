select
    care_team_id,
    patient_id,
    organization_id,
    status,
    name,
    participants
from {{ ref('stg_care_team') }}
where status is distinct from 'entered-in-error'
