{# The scores of one instrument with their band, and more columns if wanted; an incomplete score has no band. #}
{% macro banded_scores(instrument, more=[]) %}
select
    scores.response_id,
    scores.patient_id,
    scores.encounter_id,
    scores.organization_id,
    scores.practitioner_id,
    scores.session,
    scores.authored_at,
    {{ local_day('scores.authored_at') }} as authored_on,
    scores.answered_items,
    scores.missing_items,
    scores.is_complete,
    scores.score,
    bands.severity,
    scores.score >= {{ var('score_cut') }} as at_or_above_cut
    {%- for column in more %},
    {{ column }}
    {%- endfor %}
from {{ ref('int_questionnaire_scores') }} as scores
left join {{ ref('score_bands') }} as bands
    on bands.instrument = scores.instrument
    and scores.score between bands.low and bands.high
where scores.instrument = '{{ instrument }}'
{% endmacro %}
