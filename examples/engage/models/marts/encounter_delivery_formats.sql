-- How the first counselling session of an encounter took place, as asked in start_ipc_s1; the last answer wins.
-- Read by code: senders leave out or word the display as they like.
select distinct on (encounter.encounter_id)
    encounter.encounter_id,
    encounter.patient_id,
    encounter.organization_id,
    encounter.started_at,
    encounter.started_on,
    case answer.value_code
        when 'in_person' then 'In person'
        when 'video' then 'Video'
        when 'telephone' then 'Telephone'
    end as delivery_format
from {{ ref('int_encounters') }} as encounter
join {{ ref('int_qr_answers_long') }} as answer
    on answer.encounter_id = encounter.encounter_id
    and answer.questionnaire = 'start_ipc_s1'
    and answer.link_id = 'delivery_format'
where encounter.took_place
    and answer.value_code is not null
order by encounter.encounter_id, answer.authored desc, answer.response_id, answer.item_order, answer.answer_index
