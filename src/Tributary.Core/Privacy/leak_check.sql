-- Looks for identifying values and patterns in what is about to leave. $1: the longest text that is no free text; $2: the columns
-- (by number) in which patterns mean something. The two marked places take one query a column, joined by UNION ALL, which this
-- program writes with quoted names. Whole values of 6 characters and more are compared, letters in lower case, references by the
-- id that they name; shorter ones meet by chance, and lineage covers them. Equal values are counted first, so that each is looked
-- at once.
with leaving as materialized (
    select col, value, count(*) as cells
    from (/*leaving*/) as found (col, value)
    where length(value) >= 6
    group by col, value
),
known as (
    select l.col, l.cells, min(i.source) as source
    from leaving l
    join (/*identifying*/) as i (source, value)
        on lower(tributary.bare_id(l.value)) = lower(tributary.bare_id(i.value)) and length(tributary.bare_id(i.value)) >= 6
    where l.value <> 'REDACTED'
    group by l.col, l.value, l.cells
),
looked as materialized (
    select l.col,
           l.cells,
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
    where l.col = any ($2)
)
select col, 'known', source, sum(cells)::bigint from known group by col, source
union all select col, 'email', null, sum(cells)::bigint from looked where email group by col
union all select col, 'phone', null, sum(cells)::bigint from looked where phone group by col
union all select col, 'social_security', null, sum(cells)::bigint from looked where social_security group by col
union all select col, 'digits', null, sum(cells)::bigint from looked where digits group by col
union all select col, 'medicaid', null, sum(cells)::bigint from looked where medicaid group by col
union all select col, 'free_text', null, sum(cells)::bigint from looked where free_text group by col
order by 1, 2, 3
