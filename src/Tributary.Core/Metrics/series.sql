-- One row a day for each organization and dimension value, from its first row in the model to the day of as_of; both included.
<<days>>,
kept as (
    select * from known<<filter>>
),
counted as (
    -- a row counts on its own day and on the days whose window reaches back to it
    select k.*, k.__day + __ahead as __period
    from kept as k
    cross join lateral generate_series(0, <<reach>>) as __ahead
),
results as (
    select
        __period,
        __series,
        <<value>> as __value,
        <<cell>> as __cell
    from counted
    group by __period, __series
)
select
    <<columns>>
from days as d
left join results as r on r.__period = d.__day and r.__series = d.__series<<start>>
