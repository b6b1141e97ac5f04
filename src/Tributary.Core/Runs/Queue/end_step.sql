-- A step's end by its holder: ($1 run, $2 step, $3 item, $4 fence, $5 state, $6 because, $7 wait in seconds before it is ready again).
-- That it failed counts only within the lease: later it may have failed for its sessions were ended, and whoever takes it over will see.
update tributary.job_step
set state = $5,
    because = $6,
    not_before = clock_timestamp() + $7 * interval '1 second',
    attempt = attempt - case when $5 = 'ready' and $7 is null then 1 else 0 end,
    holder = null,
    lease_until = null,
    finished_at = case when $5 = 'ready' then null else clock_timestamp() end
where job_run_id = $1 and step = $2 and item = $3 and fence = $4 and state = 'running'
  and (lease_until >= clock_timestamp() or not ($5 = 'failed' or $7 is not null))
returning true
