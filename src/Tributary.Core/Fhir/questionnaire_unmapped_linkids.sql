-- Items that were answered and that no row of the metadata CSV maps: what the wide tables do not show.
with mapped (questionnaire, link_id) as (
    values
        <<mapped>>
)
select
    l.questionnaire,
    l.link_id,
    count(*) as answers,
    min(l.authored) as first_seen,
    max(l.authored) as last_seen
from {{ ref(<<long_table>>) }} as l
where l.value_type is not null
    and not exists (select from mapped as m where m.questionnaire = l.questionnaire and m.link_id = l.link_id)
group by l.questionnaire, l.link_id
