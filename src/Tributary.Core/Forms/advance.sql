insert into tributary.cursor (project, target, stream, node, load) values ($1, $2, $3, $4, $5)
on conflict (project, target, node, stream) do update set load = excluded.load
