-- Counts the points once more, from the answers' codes and the seeds: a complete form has the sum, any other has no score.
with points as (
    select answer.response_id, items.instrument, items.position, scores.score
    from {{ ref('int_qr_answers_long') }} as answer
    join {{ ref('instrument_items') }} as items on items.link_id = answer.link_id
    join {{ ref('answer_scores') }} as scores on scores.system = answer.value_system and scores.code = answer.value_code
),

totals as (
    select response_id, instrument, count(*) as answered, sum(score) as total
    from points
    group by response_id, instrument
),

sizes as (
    select instrument, count(*) as items from {{ ref('instrument_items') }} group by instrument
),

found as (
    select 'PHQ-9' as instrument, response_id, score, items_missing from {{ ref('phq9_scores') }}
    union all
    select 'GAD-7', response_id, score, items_missing from {{ ref('gad7_scores') }}
)

select found.instrument, found.response_id
from found
join sizes using (instrument)
left join totals using (instrument, response_id)
where found.score is distinct from case when totals.answered = sizes.items then totals.total end
    or found.items_missing <> sizes.items - coalesce(totals.answered, 0)
