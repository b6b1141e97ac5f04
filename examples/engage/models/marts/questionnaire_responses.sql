select
    response_id,
    questionnaire,
    questionnaire_version,
    patient_id,
    encounter_id,
    organization_id,
    practitioner_id,
    authored_at,
    {{ local_day('authored_at') }} as authored_on
from {{ ref('stg_questionnaire_response') }}
