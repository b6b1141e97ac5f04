-- One row an answer of every response that counts, in the document's order. An item without an answer is a row without
-- answer_index; a response without items is a row without item. Nothing in a response makes this query fail: what cannot be
-- read as its type is null there, and value_text keeps the text.
with responses as (
    select
        r.<<id>>::text as response_id,
        nullif(regexp_replace(split_part(d.questionnaire, '|', 1), '^.*/', ''), '') as questionnaire,
        substring(d.subject ->> 'reference' from '(?:^|/)Patient/([^/|?]+)') as patient_id,
        substring(d.encounter ->> 'reference' from '(?:^|/)Encounter/([^/|?]+)') as encounter_id,
        <<organization>> as organization_id,
        substring(d.author ->> 'reference' from '(?:^|/)Practitioner/([^/|?]+)') as practitioner_id,
        <<authored>> as authored,
        d.status,
        d.item
    from <<responses>> as r
    cross join lateral jsonb_to_record(case jsonb_typeof(r.<<document>>) when 'object' then r.<<document>> else '{}' end) as d(
        questionnaire text, subject jsonb, encounter jsonb, author jsonb, extension jsonb, authored text, status text, item jsonb)
    where d.status in (<<statuses>>)<<not_deleted>>
    order by questionnaire, response_id
)
select
    r.response_id,
    r.questionnaire,
    r.patient_id,
    r.encounter_id,
    r.organization_id,
    r.practitioner_id,
    r.authored,
    r.status,
    i.link_id,
    i.item_path,
    i.link_path,
    i.item_order,
    a.answer_index::int as answer_index,
    v.value_type,
    case v.value_type when 'boolean' then case v.value_text when 'true' then true when 'false' then false end end as value_boolean,
    case
        when v.value_type in ('decimal', 'quantity') then <<numeric>>
        -- the ordinal that some senders attach to a coded answer
        when v.value_type = 'coding' then <<ordinal>>
    end as value_decimal,
    case when v.value_type in ('integer', 'integer64') then <<bigint>> end as value_integer,
    case when v.value_type in ('date', 'dateTime') then <<date>> end as value_date,
    case when v.value_type = 'dateTime' then <<timestamptz>> end as value_datetime,
    case when v.value_type = 'time' then <<time>> end as value_time,
    v.value_text,
    case when v.value_type in ('coding', 'quantity') then v.value ->> 'code' end as value_code,
    case when v.value_type in ('coding', 'quantity') then v.value ->> 'system' end as value_system,
    case v.value_type
        when 'coding' then v.value ->> 'display'
        when 'reference' then v.value ->> 'display'
        when 'attachment' then v.value ->> 'title'
    end as value_display,
    case v.value_type when 'reference' then v.value ->> 'reference' end as value_reference,
    case v.value_type when 'quantity' then coalesce(v.value ->> 'unit', v.value ->> 'code') end as value_unit
from responses as r
-- The recursion runs within one response: its work table stays small, and items without children never enter it again.
left join lateral (
    with recursive items as (
        select
            array[e.n::int] as place,
            'item[' || (e.n - 1) || ']' as item_path,
            coalesce(e.item ->> 'linkId', '') as link_path,
            e.item
        from jsonb_path_query(r.item, '$[*] ? (@.type() == "object")', silent => true) with ordinality as e(item, n)
        union all
        select
            items.place || child.place,
            items.item_path || child.item_path,
            items.link_path || '/' || coalesce(child.item ->> 'linkId', ''),
            child.item
        from items
        cross join lateral (
            select
                array[a.n::int, e.n::int] as place,
                '.answer[' || (a.n - 1) || '].item[' || (e.n - 1) || ']' as item_path,
                e.item
            from jsonb_path_query(items.item, '$.answer[*]', silent => true) with ordinality as a(answer, n)
            cross join lateral
                jsonb_path_query(a.answer, '$.item[*] ? (@.type() == "object")', silent => true) with ordinality as e(item, n)
            union all
            -- answers come before items in FHIR's order of elements
            select array[2147483647, e.n::int], '.item[' || (e.n - 1) || ']', e.item
            from jsonb_path_query(items.item, '$.item[*] ? (@.type() == "object")', silent => true) with ordinality as e(item, n)
        ) as child
        where items.item ? 'item' or items.item @? '$.answer[*].item'
    )
    select
        items.item ->> 'linkId' as link_id,
        items.item_path,
        items.link_path,
        row_number() over (order by items.place)::int as item_order,
        items.item -> 'answer' as answers
    from items
) as i on true
left join lateral jsonb_path_query(i.answers, '$[*]', silent => true) with ordinality as a(answer, answer_index) on true
left join lateral (
    select
        lower(substr(e.key, 6, 1)) || substr(e.key, 7) as value_type,
        e.value,
        case e.key
            when 'valueCoding' then coalesce(e.value ->> 'display', e.value ->> 'code')
            when 'valueQuantity' then e.value ->> 'value'
            when 'valueReference' then coalesce(
                substring(e.value ->> 'reference' from '(?:^|/)[A-Z][A-Za-z]+/([A-Za-z0-9.-]+)(?:/_history/[^/]+)?$'), e.value ->> 'reference')
            when 'valueAttachment' then coalesce(e.value ->> 'url', e.value ->> 'title')
            else e.value #>> '{}'
        end as value_text
    from jsonb_each(case jsonb_typeof(a.answer) when 'object' then a.answer end) as e
    where e.key like 'value_%'
    limit 1
) as v on true
