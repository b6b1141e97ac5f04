-- One row a completed response of a scored questionnaire. The score comes from the codes of the answers;
-- with an item missing, or answered by an unknown code, there is no score.
with responses as (
    select response.*, instruments.instrument, instruments.items
    from {{ ref('stg_questionnaire_response') }} as response
    join {{ ref('instruments') }} as instruments
        on response.questionnaire like replace(instruments.questionnaire_prefix, '_', '\_') || '%'
),

answers as (
    select answer.response_id, items.instrument, items.position, max(scores.score) as score
    from {{ ref('int_qr_answers_long') }} as answer
    join {{ ref('instrument_items') }} as items on items.link_id = answer.link_id
    join {{ ref('answer_scores') }} as scores
        on scores.system = answer.value_system and scores.code = answer.value_code
    group by 1, 2, 3
),

totals as (
    select
        response_id,
        instrument,
        count(*)::integer as answered_items,
        sum(score)::integer as points,
        max(score) filter (where position = 9) as item_9
    from answers
    group by 1, 2
)

select
    responses.response_id,
    responses.instrument,
    responses.questionnaire,
    substring(responses.questionnaire from '_s(\d+)$')::integer as session,
    responses.patient_id,
    responses.encounter_id,
    responses.organization_id,
    responses.practitioner_id,
    responses.authored_at,
    coalesce(totals.answered_items, 0) as answered_items,
    responses.items - coalesce(totals.answered_items, 0) as missing_items,
    coalesce(totals.answered_items, 0) = responses.items as is_complete,
    case when totals.answered_items = responses.items then totals.points end as score,
    totals.item_9
from responses
left join totals using (response_id, instrument)
