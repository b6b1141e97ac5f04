-- $1 project, $2 target: each file that stands, by its last row; with $3 every delivery that ever was.
select run_id, export, track, destination, name, bytes, sha256, rows, fingerprint, manifest::text, as_of, delivered_at
from (
    select *, row_number() over (partition by destination, name order by delivery_id desc) as place
    from tributary.delivery
    where project = $1 and target = $2
) delivery
where $3 or (place = 1 and removed_at is null)
order by delivery_id desc
