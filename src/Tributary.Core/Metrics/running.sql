-- One row a day for each organization and dimension value, from its first row in the model to the day of as_of; both included.
-- What each day adds is known by itself, so the total up to a day is a running sum.
<<days>>,
added as (
    <<added>>
),
results as (
    select
        d.*,
        sum(coalesce(a.__added, 0)) over (partition by d.__series order by d.__day) as __value,
        sum(coalesce(a.__added, 0)) over (partition by d.__series order by d.__day) as __cell
    from days as d
    left join added as a on a.__day = d.__day and a.__series = d.__series
)
select
    <<columns>>
from results as d
