-- A run whose last step ended: ($1 run).
update tributary.job_run r
set state = case when f.name is null then 'succeeded' else 'failed' end,
    because = case when f.name is null then null else f.name || coalesce(': ' || f.because, '') end,
    finished_at = clock_timestamp()
from (select 1) one
left join lateral (
    select s.name, s.because
    from tributary.job_step s
    where s.job_run_id = $1 and s.item = 0 and s.state = 'failed'
    order by s.step
    limit 1
) f on true
where r.job_run_id = $1 and r.state = 'running'
  and not exists (select from tributary.job_step o where o.job_run_id = $1 and o.state in ('waiting', 'ready', 'running', 'expanded'))
returning r.state
