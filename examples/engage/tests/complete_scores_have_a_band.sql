select response_id from {{ ref('phq9_scores') }} where score is not null and severity is null
union all
select response_id from {{ ref('gad7_scores') }} where score is not null and severity is null
