{{ config(indexes=[{'columns': ['uuid'], 'unique': true}, {'columns': ['patient_id']}]) }}
-- People whom reports can name by a short code.
select uuid, saved_timestamp, patient_id
from {{ ref('person') }}
where patient_id is not null
