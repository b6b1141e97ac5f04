-- One row a response of this questionnaire. A text column keeps all answers of its item, every other type the first.
with answers as (
    select
        l.response_id,
        l.patient_id,
        l.encounter_id,
        l.organization_id,
        l.practitioner_id,
        l.authored,
        l.link_id,
        l.item_order,
        l.answer_index,
        l.value_type,
        l.value_text<<casts>>
    from {{ ref(<<long_table>>) }} as l
    where l.questionnaire = <<questionnaire>>
)
select
    response_id,
    patient_id,
    encounter_id,
    organization_id,
    practitioner_id,
    authored<<columns>>
from answers
group by response_id, patient_id, encounter_id, organization_id, practitioner_id, authored
