-- A run of a job and its steps, unless the instant has its run already: ($1 project, $2 target, $3 job, $4 due or null, $5 cause, $6 exclusive, $7 vars, $8 state,
-- $9 because, $10 timeout in seconds or null, $11 steps' names, $12 steps that run after a failure, $13 their concurrency). Its number, or no row.
with run as (
    insert into tributary.job_run (project, target, job, due, cause, exclusive, vars, state, because, timeout_seconds, finished_at)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, case when $8 = 'queued' then null else clock_timestamp() end)
    on conflict (project, target, job, due) where due is not null do nothing
    returning job_run_id
), steps as (
    insert into tributary.job_step (job_run_id, step, item, name, state, runs_after_failure, concurrency)
    select run.job_run_id, s.step, 0, s.name, 'waiting', s.after_failure, s.concurrency
    from run, unnest($11::text[], $12::bool[], $13::int[]) with ordinality s (name, after_failure, concurrency, step)
)
select job_run_id from run
