-- One row a day for each organization and dimension value, from its first row in the model to the day of as_of; both included.
with source as (
    select
        s.*,
        -- A date is a day already; an instant becomes the day of the zone.
        case
            when pg_typeof(<<date>>) = 'timestamptz'::regtype then (<<date>> at time zone <<zone>>)::date
            else <<date>>::date
        end as __day,
        <<organization>> as __organization,
        <<dimension_column>> as __dimension
    from {{ ref(<<model>>) }} as s
),
known as (
    -- nulls are groups like any other: row(…)::text tells them from empty texts and can be joined on
    select source.*, row(__organization, __dimension)::text as __series
    from source
    where __day <= <<last>>
),
days as (
    select s.__series, s.__organization, s.__dimension, s.__first_day + n as __day
    from (
        select __series, __organization, __dimension, min(__day) as __first_day
        from known
        group by __series, __organization, __dimension
    ) as s
    cross join lateral generate_series(0, <<last>> - s.__first_day) as n
),
counted as (
    -- a row counts on its own day and on the days whose window reaches back to it
    select k.*, k.__day + __ahead as __period
    from known as k
    cross join lateral generate_series(0, <<reach>>) as __ahead<<filter>>
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
left join results as r on r.__period = d.__day and r.__series = d.__series
