-- One row a response of an instrument. An item counts when all its answers say the same known score; a missing one makes the
-- score incomplete (null), never smaller.
with item_of (questionnaire, instrument, session, items_expected, safety_item, item, link_id) as (
    values
        <<items>>
),
forms as (
    select distinct questionnaire, instrument, session, items_expected, safety_item from item_of
),
responses as (
    select distinct response_id, questionnaire, patient_id, organization_id, authored
    from {{ ref(<<long_table>>) }}
    where questionnaire in (<<questionnaires>>)
),
answers as (
    select
        l.response_id,
        i.instrument,
        i.item,
        case
            when l.value_type = 'coding' then coalesce(
                case when l.value_system = 'http://loinc.org' or l.value_system is null then
                    case l.value_code <<codes>> end
                end,
                l.value_decimal)
            when l.value_type = 'integer' then l.value_integer
            when l.value_type = 'decimal' then l.value_decimal
        end as score
    from {{ ref(<<long_table>>) }} as l
    join item_of as i on i.questionnaire = l.questionnaire and i.link_id = l.link_id
    where l.questionnaire in (<<questionnaires>>) and l.value_type is not null
),
items as (
    select response_id, instrument, item, min(score)::int as score
    from answers
    group by response_id, instrument, item
    having count(*) = count(*) filter (where score in (0, 1, 2, 3)) and min(score) = max(score)
),
totals as (
    select
        r.response_id,
        r.patient_id,
        r.organization_id,
        f.instrument,
        f.session,
        r.authored,
        count(i.item)::int as items_answered,
        f.items_expected,
        case when count(i.item) = f.items_expected then sum(i.score)::int end as score,
        (min(i.score) filter (where i.item = f.safety_item)) > 0 as item9_positive
    from responses as r
    join forms as f on f.questionnaire = r.questionnaire
    left join items as i on i.response_id = r.response_id and i.instrument = f.instrument
    group by r.response_id, r.patient_id, r.organization_id, f.instrument, f.session, r.authored, f.items_expected
)
select
    response_id,
    patient_id,
    organization_id,
    instrument,
    session,
    authored,
    items_answered,
    items_expected,
    score,
    score is not null as is_complete,
    case instrument
        <<bands>>
    end as band,
    item9_positive
from totals
