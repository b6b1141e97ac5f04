-- How far a schedule was looked at, which moves to $5: ($1 project, $2 target, $3 job, $4 schedule, $5 now). One that is new was looked at just now.
with seen as (
    select seen_until from tributary.job_schedule where project = $1 and target = $2 and job = $3 and schedule = $4 for update
), moved as (
    update tributary.job_schedule s
    set seen_until = greatest(s.seen_until, $5)
    from seen
    where s.project = $1 and s.target = $2 and s.job = $3 and s.schedule = $4
), made as (
    insert into tributary.job_schedule (project, target, job, schedule, seen_until)
    select $1, $2, $3, $4, $5
    where not exists (select from seen)
    on conflict do nothing
)
select coalesce((select seen_until from seen), $5)
