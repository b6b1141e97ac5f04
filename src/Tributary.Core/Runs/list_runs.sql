-- The last runs of ($1 project, $2 target), $3 at most, newest first.
select r.run_id as run,
       r.verb,
       r.status,
       r.started_at as started,
       round(extract(epoch from r.finished_at - r.started_at)::numeric, 1)::text as seconds,
       r.as_of,
       left(r.commit, 8) as commit,
       count(s.*) filter (where s.outcome in ('succeeded', 'warned')) as done,
       count(s.*) filter (where s.outcome = 'skipped') as skipped,
       count(s.*) filter (where s.outcome = 'failed') as failed,
       r.message
from tributary.run r
left join tributary.step s using (run_id)
where r.project = $1 and r.target = $2
group by r.run_id
order by r.started_at desc
limit $3
