-- Ends the sessions of holders that fell silent: the locks that they keep would hold up whoever goes on. ($1 project, $2 target) What may not be ended ends by itself.
select pg_terminate_backend(a.pid)
from tributary.job_run r
join tributary.job_step s using (job_run_id)
join pg_stat_activity a on a.application_name = left('tributary ' || s.run_id, 63)
where r.project = $1 and r.target = $2 and r.state = 'running' and s.state = 'running' and s.lease_until < clock_timestamp()
  and a.datname = current_database() and a.usename = current_user and a.pid <> pg_backend_pid()
