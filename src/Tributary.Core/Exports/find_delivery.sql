-- $1 project, $2 target, $3 export, $4 fingerprint
select run_id, export, track, destination, name, bytes, sha256, rows, fingerprint, manifest::text, as_of, delivered_at
from tributary.delivery
where project = $1 and target = $2 and export = $3 and fingerprint = $4 and removed_at is null
order by delivery_id desc
limit 1
