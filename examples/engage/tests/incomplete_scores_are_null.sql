-- A score stands exactly where every item is answered.
select response_id, instrument, answered_items
from {{ ref('int_questionnaire_scores') }}
where is_complete <> (score is not null)
    or is_complete <> (missing_items = 0)
