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
    where __day <= <<last>><<known_filter>>
),
days as (
    select s.__series, s.__organization, s.__dimension, s.__first_day + n as __day
    from (
        select __series, __organization, __dimension, min(__day) as __first_day
        from known
        group by __series, __organization, __dimension
    ) as s
    cross join lateral generate_series(0, <<last>> - s.__first_day) as n
)
