-- $1 project, $2 target, $3 destination, $4 name, $5 now: the file is gone.
update tributary.delivery
set removed_at = $5
where project = $1 and target = $2 and destination = $3 and name = $4 and removed_at is null
