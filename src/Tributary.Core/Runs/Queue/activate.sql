-- The first queued run of each name begins, when none of that name is on: ($1 project, $2 target).
with first as (
    select distinct on (r.exclusive) r.job_run_id, r.exclusive
    from tributary.job_run r
    where r.project = $1 and r.target = $2 and r.state = 'queued'
    order by r.exclusive, r.due nulls first, r.job_run_id
), begun as (
    update tributary.job_run r
    set state = 'running', started_at = clock_timestamp()
    from first
    where r.job_run_id = first.job_run_id
      and not exists (select from tributary.job_run o where o.project = $1 and o.target = $2 and o.exclusive = first.exclusive and o.state = 'running')
    returning r.job_run_id
)
update tributary.job_step s
set state = 'ready'
from begun
where s.job_run_id = begun.job_run_id and s.step = 1 and s.item = 0
