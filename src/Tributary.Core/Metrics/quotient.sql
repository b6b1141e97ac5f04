-- One metric by another, wherever the denominator has a row.
with parts as (
    select
        d.period_date as __day,
        d.organization_id as __organization,
        d.dimension,
        d.dimension_value as __dimension,
        <<value>> as __value,
        <<cell>> as __cell,
        d.status = 'suppressed' or coalesce(n.status = 'suppressed', false) as __withheld
    from {{ ref(<<denominator>>) }} as d
    left join {{ ref(<<numerator>>) }} as n
        on n.period_date = d.period_date
        and row(n.organization_id, n.dimension_value)::text = row(d.organization_id, d.dimension_value)::text
),
quotients as (
    select *, coalesce(__withheld<<small>>, false) as __suppressed from parts
)
select
    <<columns>>
from quotients as q
