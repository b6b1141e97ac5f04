{{ config(indexes=[{'columns': ['uuid', 'metric'], 'unique': true}]) }}
select
    meta.uuid,
    telemetry.period_start,
    telemetry.user_name,
    metric.key as metric,
    {{ ref('as_number') }}(metric.value ->> 'min') as min,
    {{ ref('as_number') }}(metric.value ->> 'max') as max,
    {{ ref('as_number') }}(metric.value ->> 'sum') as sum,
    {{ ref('as_number') }}(metric.value ->> 'count') as count,
    {{ ref('as_number') }}(metric.value ->> 'sumsqr') as sumsqr
from {{ ref('telemetry') }} as telemetry
join {{ ref('stg_users_meta') }} as meta using (uuid)
cross join lateral jsonb_each(case jsonb_typeof(meta.doc -> 'metrics') when 'object' then meta.doc -> 'metrics' else '{}' end) as metric
