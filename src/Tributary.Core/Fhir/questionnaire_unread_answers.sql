-- What the wide tables do not show of mapped items, by column: answers that cannot be read as the column's type, and second and
-- later answers of a column that keeps the first.
with mapped (questionnaire, link_id, table_name, column_name, data_type) as (
    values
        <<mapped>>
),
answers as (
    select
        m.*,
        row_number() over (partition by m.table_name, m.column_name, l.response_id order by l.item_order, l.answer_index) > 1 as is_later,
        case m.data_type
            <<casts>>
        end as is_unreadable
    from mapped as m
    join {{ ref(<<long_table>>) }} as l on l.questionnaire = m.questionnaire and l.link_id = m.link_id
    where l.value_type is not null
)
select
    table_name,
    column_name,
    data_type,
    questionnaire,
    link_id,
    count(*) as answers,
    count(*) filter (where is_unreadable) as unreadable,
    count(*) filter (where is_later) as later
from answers
group by table_name, column_name, data_type, questionnaire, link_id
having bool_or(is_unreadable or is_later)
