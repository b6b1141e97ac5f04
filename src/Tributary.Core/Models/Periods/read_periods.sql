-- $1 project, $2 target, $3 node or null for all
select node, first_day, label, version, rows, digest, fingerprint, run_id, published_at
from tributary.period
where project = $1 and target = $2 and ($3::text is null or node = $3)
order by node, first_day
