visits as (
    select __series, __day, lag(__day) over each as __previous, lead(__day) over each as __next
    from (select distinct __series, __day, <<column>> as __value from known<<filter>>) as values_of_days
    where __value is not null
    window each as (partition by __series, __value order by __day)
),
changes as (
    -- a value enters when it was not within reach the day before, and leaves when the reach of its last day ends
    select __series, __day, 1 as __change from visits where __previous is null or __day - __previous >= <<window>>
    union all
    select __series, __day + <<window>>, -1 from visits where __next is null or __next - __day >= <<window>>
)
