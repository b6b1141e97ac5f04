-- Rows are what the file's records became; its rejects of all batches are in the ledger by now.
insert into tributary.loaded_file (project, target, stream, file, bytes, sha256, lines, rows, rejects, load, loaded_at)
select $1, $2, $3, $4, $5, $6, $7, $8 - r.rejects, r.rejects, $9, $10
from (
    select count(*) as rejects from tributary_reject.reject
    where project = $1 and target = $2 and stream = $3 and status = 'open' and file = $4
) r
on conflict (project, target, stream, file) do update set
    bytes = excluded.bytes, sha256 = excluded.sha256, lines = excluded.lines,
    rows = excluded.rows, rejects = excluded.rejects, load = excluded.load, loaded_at = excluded.loaded_at
