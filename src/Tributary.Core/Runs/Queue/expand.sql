-- The items of a step's for_each: ($1 run, $2 step, $3 fence, $4 names, $5 vars), while the caller holds the step.
with held as (
    update tributary.job_step
    set state = 'expanded', holder = null, lease_until = null
    where job_run_id = $1 and step = $2 and item = 0 and fence = $3 and state = 'running'
    returning concurrency
)
insert into tributary.job_step (job_run_id, step, item, name, vars, state, concurrency)
select $1, $2, i.item, i.name, i.vars, 'ready', held.concurrency
from held, unnest($4::text[], $5::jsonb[]) with ordinality i (name, vars, item)
returning item
