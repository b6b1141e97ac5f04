-- The steps of the newest run of ($1 project, $2 target) whose id begins with $3.
with chosen as (
    select run_id
    from tributary.run
    where project = $1 and target = $2 and starts_with(run_id, $3)
    order by started_at desc
    limit 1
)
select s.node,
       s.kind,
       s.outcome,
       (s.counts ->> 'rows')::bigint as rows,
       (s.counts ->> 'rejected')::bigint as rejects,
       round(extract(epoch from s.finished_at - s.started_at)::numeric, 2)::text as seconds,
       s.because
from tributary.step s
join chosen using (run_id)
order by s.started_at, s.node
