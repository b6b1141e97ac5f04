{{ config(indexes=[{'columns': ['day', 'serviceid'], 'unique': true}]) }}
-- Open cases on every day since the first, without gaps: what opened so far less what closed so far. A case is open on the day that it
-- opens, and no longer on the day that it closes.
with steps as (
    select serviceid, opened as day, 1 as opened, 0 as closed from {{ ref('open_cases') }}
    union all
    select serviceid, greatest(closed, opened), 0, 1 from {{ ref('open_cases') }} where closed is not null
),
by_day as (
    select serviceid, day, sum(opened) as opened, sum(closed) as closed from steps group by serviceid, day
),
days as (
    select s.serviceid, g.day::date as day
    from (select distinct serviceid from by_day) as s
    cross join {{ ref('report_day') }} as d
    cross join lateral generate_series((select min(day) from by_day)::timestamp, d.day::timestamp, interval '1 day') as g (day)
)
select
    x.day, x.serviceid, coalesce(b.opened, 0) as opened, coalesce(b.closed, 0) as closed,
    sum(coalesce(b.opened, 0) - coalesce(b.closed, 0)) over (partition by x.serviceid order by x.day) as open_cases
from days as x
left join by_day as b using (serviceid, day)
