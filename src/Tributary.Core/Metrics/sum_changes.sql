day_values as (
    select __series, __day, (<<expression>>)::numeric as __value from known<<filter>> group by __series, __day
),
changes as (
    select __series, __day, __value as __change from day_values
    union all
    select __series, __day + <<window>>, -__value from day_values
)
