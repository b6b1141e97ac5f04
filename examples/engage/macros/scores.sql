{# The scores of one instrument, with the encounter and practitioner of the form, and more columns if wanted. #}
{% macro instrument_scores(instrument, more=[]) %}
select
    scores.response_id,
    scores.patient_id,
    response.encounter_id,
    scores.organization_id,
    response.practitioner_id,
    scores.session,
    scores.authored as authored_at,
    {{ local_day('scores.authored') }} as authored_on,
    scores.items_answered,
    scores.items_expected - scores.items_answered as items_missing,
    scores.is_complete,
    scores.score,
    scores.band as severity,
    scores.score >= {{ var('score_cut') }} as at_or_above_cut
    {%- for column in more %},
    {{ column }}
    {%- endfor %}
from {{ ref('questionnaire_scores') }} as scores
join {{ ref('stg_questionnaire_response') }} as response using (response_id)
where scores.instrument = '{{ instrument }}'
{% endmacro %}
