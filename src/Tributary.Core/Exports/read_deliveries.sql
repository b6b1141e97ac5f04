-- $1 project, $2 target: each file that stands, by its last row.
select run_id, export, track, destination, name, bytes, sha256, rows, fingerprint, manifest::text, as_of, delivered_at
from (
    select distinct on (destination, name) *
    from tributary.delivery
    where project = $1 and target = $2
    order by destination, name, delivery_id desc
) last
where removed_at is null
order by delivery_id desc
