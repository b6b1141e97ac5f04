insert into tributary.step (run_id, node, kind, outcome, because, counts, started_at, finished_at)
select $1, step.*
from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::jsonb[], $7::timestamptz[], $8::timestamptz[]) as step
on conflict (run_id, node) do update
    set outcome = excluded.outcome, because = excluded.because, counts = excluded.counts, finished_at = excluded.finished_at
