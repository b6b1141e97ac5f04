select answer.response_id, answer.link_id
from {{ ref('int_qr_answers_long') }} as answer
left join {{ ref('stg_questionnaire_response') }} as response using (response_id)
where response.response_id is null
