-- One row a day for each organization and dimension value, from its first row in the model to the day of as_of; both included.
-- What each day adds and takes away is known by itself, so a day's value is a running sum.
<<days>>,
<<changes>>,
added as (
    select __series, __day, sum(__change) as __added from changes group by __series, __day
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
from results as d<<start>>
