-- The step behind one that ended becomes ready, or is skipped for what failed before it: ($1 run). Its state; no row when none is left or one is on.
update tributary.job_step s
set state = case when f.name is null or s.runs_after_failure then 'ready' else 'skipped' end,
    because = case when f.name is null or s.runs_after_failure then null else f.name || ' failed' end,
    finished_at = case when f.name is null or s.runs_after_failure then null else clock_timestamp() end
from (
    select (select min(w.step) from tributary.job_step w where w.job_run_id = $1 and w.state = 'waiting') as step,
           (select w.name from tributary.job_step w where w.job_run_id = $1 and w.item = 0 and w.state = 'failed' order by w.step limit 1) as name
) f
where s.job_run_id = $1 and s.item = 0 and s.step = f.step
  and not exists (select from tributary.job_step o where o.job_run_id = $1 and o.state in ('ready', 'running', 'expanded'))
returning s.state
