-- Ends a run before its end: ($1 run, $2 state, $3 because). Whoever holds a step of it finds its lease lost.
with run as (
    update tributary.job_run
    set state = $2, because = $3, finished_at = clock_timestamp()
    where job_run_id = $1 and state in ('queued', 'running')
    returning job_run_id
), held as (
    select s.job_run_id, s.step, s.item
    from tributary.job_step s
    join run using (job_run_id)
    where s.state in ('waiting', 'ready', 'running', 'expanded')
    for update of s
)
update tributary.job_step s
set state = 'cancelled', fence = s.fence + 1, because = $3, finished_at = clock_timestamp(), lease_until = null
from held
where s.job_run_id = held.job_run_id and s.step = held.step and s.item = held.item
