-- The newest run of each job that was not left out, with its first step that is on and who holds it: ($1 project, $2 target).
select distinct on (r.job)
       r.job,
       r.state,
       coalesce(r.because, ''),
       coalesce(r.finished_at, r.started_at, r.created_at),
       coalesce((select s.name || ' by ' || s.holder
                 from tributary.job_step s
                 where s.job_run_id = r.job_run_id and s.state = 'running'
                 order by s.step, s.item
                 limit 1), '')
from tributary.job_run r
where r.project = $1 and r.target = $2 and r.state <> 'skipped'
order by r.job, r.job_run_id desc
