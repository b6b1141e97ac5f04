-- $1 project, $2 target, $3 node, $4 first day, $5 end day, $6 label, $7 version, $8 rows, $9 digest, $10 fingerprint, $11 run, $12 as of, $13 now; all as text.
-- The time and the run of the publication are those of the version: looking again and finding the same is none.
insert into tributary.period as known (project, target, node, first_day, end_day, label, version, rows, digest, fingerprint, run_id, as_of, published_at)
values ($1, $2, $3, $4::date, $5::date, $6, $7::int, $8::bigint, $9, $10, $11, $12::timestamptz, $13::timestamptz)
on conflict (project, target, node, first_day) do update set
    end_day = excluded.end_day,
    label = excluded.label,
    version = excluded.version,
    rows = excluded.rows,
    digest = excluded.digest,
    fingerprint = excluded.fingerprint,
    run_id = case when known.version = excluded.version then known.run_id else excluded.run_id end,
    as_of = case when known.version = excluded.version then known.as_of else excluded.as_of end,
    published_at = case when known.version = excluded.version then known.published_at else excluded.published_at end
