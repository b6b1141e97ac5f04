with found as (
    select 'PHQ-9' as instrument, response_id, score, severity from {{ ref('phq9_scores') }}
    union all
    select 'GAD-7', response_id, score, severity from {{ ref('gad7_scores') }}
)

select found.instrument, found.response_id
from found
left join {{ ref('score_bands') }} as bands
    on bands.instrument = found.instrument
    and found.score between bands.low and bands.high
where found.severity is distinct from bands.severity
