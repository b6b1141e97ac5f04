{{ config(indexes=[{'columns': ['uuid'], 'unique': true}, {'columns': ['patient_uuid']}]) }}
-- Who each report is about: short codes and ids become the person's id. Null when nobody has that code.
select
    record.uuid,
    record.form,
    record.reported,
    coalesce(person.uuid, patient.uuid) as patient_uuid,
    record.place_id as place_uuid
from {{ ref('data_record') }} as record
left join {{ ref('person') }} as person on person.uuid = record.patient_id
left join (select patient_id, min(uuid) as uuid from {{ ref('patient') }} group by patient_id having count(*) = 1) as patient on patient.patient_id = record.patient_id
