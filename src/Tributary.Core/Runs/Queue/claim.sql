-- Takes a step that is ready, or one whose holder fell silent: ($1 project, $2 target, $3 holder, $4 lease seconds, $5 jobs that the caller knows,
-- $6 exclusive names to stay with or null).
with free as (
    select s.job_run_id, s.step, s.item, s.state = 'running' as was_lost, s.run_id as lost_run
    from tributary.job_run r
    join tributary.job_step s using (job_run_id)
    where r.project = $1 and r.target = $2 and r.state = 'running' and r.job = any($5) and ($6::text[] is null or r.exclusive = any($6))
      and (s.state = 'ready' and coalesce(s.not_before, '-infinity') <= clock_timestamp()
          or s.state = 'running' and s.lease_until < clock_timestamp())
      and (s.item = 0 or s.concurrency > (
          select count(*)
          from tributary.job_step o
          where o.job_run_id = s.job_run_id and o.step = s.step and o.item > 0 and o.state = 'running' and o.lease_until >= clock_timestamp()))
    order by r.due nulls first, r.job_run_id, s.step, s.item
    limit 1
    for update of s skip locked
)
update tributary.job_step s
set state = 'running',
    fence = s.fence + 1,
    attempt = s.attempt + 1,
    lost = s.lost + free.was_lost::int,
    holder = $3,
    lease_until = clock_timestamp() + $4 * interval '1 second',
    started_at = clock_timestamp(),
    finished_at = null,
    because = null
from free
join tributary.job_run r using (job_run_id)
where s.job_run_id = free.job_run_id and s.step = free.step and s.item = free.item
returning s.job_run_id, s.step, s.item, s.name, s.vars::text, s.fence, s.attempt, s.lost, r.job, r.vars::text, r.due
