-- $1 project, $2 target, $3 node, $4 fingerprint, $5 relation oid or null, $6 the relation's name where the oid is not given, $7 reads
-- (jsonb), $8 run id, $9 as_of, $10 the run's clock, $11 the relation holds what it held: then the success keeps its id. A view has no file: the transaction that wrote its definition stands for it.
insert into tributary.success as s
    (project, target, node, fingerprint, relation_oid, relation_file, reads, stale, run_id, as_of, succeeded_at)
select $1, $2, $3, $4, r.oid,
       coalesce(pg_relation_filenode(r.oid), (select w.xmin::text::oid from pg_rewrite w where w.ev_class = r.oid and w.rulename = '_RETURN')),
       $7, false, $8, $9, $10
from (select coalesce($5, to_regclass($6)::oid)) r (oid)
on conflict (project, target, node) do update
    set success_id = case when $11 then s.success_id else nextval('tributary.success_id') end,
        fingerprint = excluded.fingerprint,
        relation_oid = excluded.relation_oid,
        relation_file = excluded.relation_file,
        reads = excluded.reads,
        stale = false,
        run_id = excluded.run_id,
        as_of = excluded.as_of,
        succeeded_at = excluded.succeeded_at
returning s.success_id, s.relation_file, s.relation_oid
