select patient_id, gender, birth_date
from {{ ref('stg_patient') }}
