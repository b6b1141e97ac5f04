-- How the first counselling session of an encounter took place, as asked in start_ipc_s1; the last answer wins.
select distinct on (encounter.encounter_id)
    encounter.encounter_id,
    encounter.patient_id,
    encounter.organization_id,
    encounter.started_at,
    encounter.started_on,
    answer.delivery_format
from {{ ref('int_encounters') }} as encounter
join {{ ref('qr_start_ipc_session_1') }} as answer on answer.encounter_id = encounter.encounter_id
where encounter.took_place
order by encounter.encounter_id, answer.authored desc, answer.response_id
