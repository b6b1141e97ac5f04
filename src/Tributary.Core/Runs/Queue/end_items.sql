-- A step all of whose items ended: ($1 run).
update tributary.job_step p
set state = case when i.failed > 0 then 'failed' else 'succeeded' end,
    because = case when i.failed > 0 then format('%s of %s items failed, the first: %s', i.failed, i.items, i.first) end,
    finished_at = clock_timestamp()
from (
    select s.step,
           count(*) as items,
           count(*) filter (where s.state = 'failed') as failed,
           (array_agg(s.name || coalesce(': ' || s.because, '') order by s.item) filter (where s.state = 'failed'))[1] as first
    from tributary.job_step s
    where s.job_run_id = $1 and s.item > 0
    group by s.step
    having bool_and(s.state not in ('ready', 'running'))
) i
where p.job_run_id = $1 and p.item = 0 and p.step = i.step and p.state = 'expanded'
