-- Runs that take longer than they may: ($1 project, $2 target).
select job_run_id
from tributary.job_run
where project = $1 and target = $2 and state = 'running' and started_at + timeout_seconds * interval '1 second' < clock_timestamp()
