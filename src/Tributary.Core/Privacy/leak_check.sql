-- Looks for identifying values and patterns in what is about to leave. $1: the longest text that is no free text.
-- The two marked places take one query a column, joined by UNION ALL, which this program writes with quoted names.
-- Whole values of 6 characters and more are compared, letters in lower case, references by the id that they name; shorter ones
-- meet by chance, and lineage covers them. Equal values are counted first, so that each is looked at once.
with identifying as materialized (
    select lower(tributary.bare_id(value)) as value, min(source) as source
    from (/*identifying*/) as found (source, value)
    where length(value) >= 6
    group by 1
    having length(lower(tributary.bare_id(min(value)))) >= 6
),
leaving as (
    select col, value, count(*) as cells
    from (/*leaving*/) as found (col, value)
    where length(value) >= 6
    group by col, value
),
looked as (
    select l.col,
           l.cells,
           i.source,
           strpos(l.value, '@') > 0 and l.value ~ '[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+([.][A-Za-z0-9-]+)*[.][A-Za-z]{2,}' as email,
           d.has_digits and l.value ~ '(^|[^0-9])([+]?1[ .-]?)?([(][2-9][0-9]{2}[)] ?|[2-9][0-9]{2}[ .-])[2-9][0-9]{2}[ .-]?[0-9]{4}($|[^0-9])|[+][1-9][0-9 ().-]{7,}[0-9]' as phone,
           d.has_digits and l.value ~ '(^|[^0-9])[0-9]{3}-[0-9]{2}-[0-9]{4}($|[^0-9])' as social_security,
           d.has_digits and l.value ~ '(^|[^0-9A-Za-z.])[0-9]{7,}($|[^0-9A-Za-z.])' as digits,
           d.has_digits and l.value ~ '\m[A-Z]{2}[0-9]{5}[A-Z]\M' as medicaid,
           length(l.value) > $1 as free_text
    from leaving l
    -- A UUID is no number, whatever its digits.
    cross join lateral (
        select l.value ~ '[0-9]{4}' and l.value !~* '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$') as d (has_digits)
    left join identifying i on i.value = lower(tributary.bare_id(l.value)) and l.value <> 'REDACTED'
)
select col, 'known', source, sum(cells)::bigint from looked where source is not null group by col, source
union all select col, 'email', null, sum(cells)::bigint from looked where email group by col
union all select col, 'phone', null, sum(cells)::bigint from looked where phone group by col
union all select col, 'social_security', null, sum(cells)::bigint from looked where social_security group by col
union all select col, 'digits', null, sum(cells)::bigint from looked where digits group by col
union all select col, 'medicaid', null, sum(cells)::bigint from looked where medicaid group by col
union all select col, 'free_text', null, sum(cells)::bigint from looked where free_text group by col
order by 1, 2, 3
