-- $1 project, $2 target, $3 node, $4 streams, $5 their load numbers, $6 definition. What the node reads no longer is forgotten.
with gone as (
    delete from tributary.cursor where project = $1 and target = $2 and node = $3 and stream <> all ($4)
)
insert into tributary.cursor (project, target, node, stream, load, definition)
select $1, $2, $3, s.stream, s.load, $6
from unnest($4, $5) as s (stream, load)
on conflict (project, target, node, stream) do update set load = excluded.load, definition = excluded.definition
