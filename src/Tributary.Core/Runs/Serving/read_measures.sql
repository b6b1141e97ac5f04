-- Numbers of the ledger for a monitoring system: ($1 project, $2 target) → name, label, what it is of, value. One block a name.
select 'stream_last_load_timestamp_seconds', 'stream', c.stream, extract(epoch from c.updated_at)::float8
from tributary.checkpoint c
where c.project = $1 and c.target = $2
union all
select 'stream_loads_total', 'stream', c.stream, c.load::float8
from tributary.checkpoint c
where c.project = $1 and c.target = $2
union all
select 'stream_open_rejects', 'stream', c.stream,
       (select count(*) from tributary_reject.reject r
        where r.project = c.project and r.target = c.target and r.stream = c.stream and r.status = 'open')::float8
from tributary.checkpoint c
where c.project = $1 and c.target = $2
union all
select m.name, 'stream', h.stream, m.value
from tributary.health h
cross join lateral (values
    ('stream_behind_changes', h.behind_changes::float8),
    ('stream_behind_seconds', h.behind_seconds::float8),
    ('stream_rows_per_second', h.rows_per_second::float8),
    ('stream_followed', case when h.following then 1 else 0 end::float8),
    ('stream_failing', case when h.last_error is null then 0 else 1 end::float8)
) as m (name, value)
where h.project = $1 and h.target = $2 and m.value is not null
union all
select 'view_stale', 'view', v.view_name, 1
from tributary.hand_made_view v
where v.project = $1 and v.target = $2 and v.error is not null
union all
select 'source_last_drop_timestamp_seconds', 'source', split_part(d.stream, '.', 1), extract(epoch from max(d.dropped_at))::float8
from tributary.drop_state d
where d.project = $1 and d.target = $2 and d.state = 'taken'
group by 3
union all
select 'node_stale', 'node', s.node, 1
from tributary.success s
where s.project = $1 and s.target = $2 and s.stale
union all
select 'runs_total', 'status', r.status, count(*)::float8
from tributary.run r
where r.project = $1 and r.target = $2
group by r.status
union all
select 'run_last_end_timestamp_seconds', 'status', r.status, extract(epoch from max(r.finished_at))::float8
from tributary.run r
where r.project = $1 and r.target = $2 and r.finished_at is not null
group by r.status
union all
select 'export_last_delivery_timestamp_seconds', 'export', d.export, extract(epoch from max(d.delivered_at))::float8
from tributary.delivery d
where d.project = $1 and d.target = $2
group by d.export
union all
select 'job_runs_total', 'state', r.state, count(*)::float8
from tributary.job_run r
where r.project = $1 and r.target = $2 and r.state not in ('queued', 'running')
group by r.state
union all
select 'job_runs_open', 'state', r.state, count(*)::float8
from tributary.job_run r
where r.project = $1 and r.target = $2 and r.state in ('queued', 'running')
group by r.state
union all
select 'job_last_success_timestamp_seconds', 'job', r.job, extract(epoch from max(r.finished_at))::float8
from tributary.job_run r
where r.project = $1 and r.target = $2 and r.state = 'succeeded'
group by r.job
