select stream, drop_name, dropped_at, state, because, signature, can_accept, updated_at
from tributary.drop_state
where project = $1 and target = $2 and ($3::text is null or stream = $3)
order by stream, dropped_at, drop_name
