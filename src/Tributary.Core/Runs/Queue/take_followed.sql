-- Runs of these jobs that succeeded and were not told of yet: ($1 project, $2 target, $3 jobs).
update tributary.job_run r
set followed = true
from (
    select job_run_id
    from tributary.job_run
    where project = $1 and target = $2 and state = 'succeeded' and not followed and job = any($3)
    order by job_run_id
    limit 1000
    for update skip locked
) f
where r.job_run_id = f.job_run_id
returning r.job, r.job_run_id, r.finished_at
