-- What stands in CustomJSONData against what is declared, a row a type and key; names, counts and days, never a value.
with keys as (
    select
        a.activitytypeid, f.key, count(*) as activities, min(a.entereddate)::date as first_seen, max(a.entereddate)::date as last_seen,
        min(a.activitydate) as first_day, max(a.activitydate) as last_day,
        array_agg(distinct jsonb_typeof(f.value) order by jsonb_typeof(f.value)) as json_types
    from {{ source('karo', 'activities') }} as a
    cross join lateral jsonb_each(case when jsonb_typeof(a.customfielddatajson) = 'object' then a.customfielddatajson else '{}' end) as f
    group by a.activitytypeid, f.key
),
declared as (
    select activitytypeid, name, type, share, since, until, alias, alias <> path as is_older_name
    from {{ ref('activity_fields') }}
    cross join lateral unnest(array_prepend(path, string_to_array(coalesce(aliases, ''), ' '))) as alias
    where alias <> ''
)
select
    k.activitytypeid, t.name as activitytype, k.key, k.activities, k.first_seen, k.last_seen, k.json_types, d.name as field, d.type, d.share,
    case when d.name is null then 'unmapped' when d.is_older_name then 'older name' else 'declared' end as state,
    k.first_seen > y.day - 30 as is_new, cardinality(array_remove(k.json_types, 'null')) > 1 as has_changed_type,
    coalesce((not d.is_older_name and k.first_day < d.since) or k.last_day > d.until, false) as is_outside_dates
from keys as k
cross join {{ ref('report_day') }} as y
left join declared as d on d.activitytypeid = k.activitytypeid and split_part(d.alias, '.', 1) = k.key
left join {{ source('karo', 'activitytypes') }} as t on t.activitytypeid = k.activitytypeid
