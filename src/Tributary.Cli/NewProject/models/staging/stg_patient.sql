select
    id as patient_id,
    document ->> 'gender' as gender,
    (document ->> 'birthDate')::date as birth_date
from {{ source('fhir', 'patient') }}
