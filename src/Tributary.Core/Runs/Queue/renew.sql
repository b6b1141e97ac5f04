-- Keeps a lease: ($1 run, $2 step, $3 item, $4 fence, $5 lease seconds). No row: it is lost, also when
-- nobody took the step yet, for the sessions of a silent holder may have been ended.
update tributary.job_step
set lease_until = clock_timestamp() + $5 * interval '1 second'
where job_run_id = $1 and step = $2 and item = $3 and fence = $4 and state = 'running' and lease_until >= clock_timestamp()
returning true
