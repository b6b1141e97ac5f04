{{ config(indexes=[{'columns': ['uuid'], 'unique': true}, {'columns': ['patient_id']}]) }}
select
    contact.uuid,
    contact.saved_timestamp,
    {{ ref('as_day') }}(medic.doc ->> 'date_of_birth') as date_of_birth,
    nullif(medic.doc ->> 'sex', '') as sex,
    contact.phone,
    contact.phone2,
    nullif(medic.doc ->> 'patient_id', '') as patient_id
from {{ ref('contact') }} as contact
join {{ ref('contact_type') }} as kind on kind.id = contact.contact_type and kind.person
join {{ ref('stg_medic') }} as medic using (uuid)
