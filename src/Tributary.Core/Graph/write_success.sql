-- $1 project, $2 target, $3 node, $4 fingerprint, $5 relation oid or null, $6 reads (jsonb), $7 run id, $8 as_of, $9 the run's clock
insert into tributary.success as s
    (project, target, node, fingerprint, relation_oid, relation_file, reads, stale, run_id, as_of, succeeded_at)
values ($1, $2, $3, $4, $5, pg_relation_filenode($5), $6, false, $7, $8, $9)
on conflict (project, target, node) do update
    set success_id = nextval('tributary.success_id'),
        fingerprint = excluded.fingerprint,
        relation_oid = excluded.relation_oid,
        relation_file = excluded.relation_file,
        reads = excluded.reads,
        stale = false,
        run_id = excluded.run_id,
        as_of = excluded.as_of,
        succeeded_at = excluded.succeeded_at
returning s.success_id, s.relation_file
