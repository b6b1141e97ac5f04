-- Success records of ($1 project, $2 target), and whether the relation, a view's definition and the functions are still those of the success.
select s.node,
       s.success_id,
       s.fingerprint,
       s.relation_oid,
       s.relation_file,
       s.stale,
       (s.relation_oid is null or (c.oid is not null and coalesce(pg_relation_filenode(c.oid), w.xmin::text::oid)
               is not distinct from coalesce(nullif(s.relation_file, 0), pg_relation_filenode(c.oid), w.xmin::text::oid)))
           and not exists (
               select 1
               from jsonb_array_elements(coalesce(s.reads -> 'functions', '[]')) f
               left join pg_proc p on p.oid = (f ->> 'oid')::oid
               where p.oid is null or md5(coalesce(p.prosrc, '') || coalesce(p.prosqlbody::text, '')) <> f ->> 'hash') as ours,
       s.reads::text
from tributary.success s
left join pg_class c on c.oid = s.relation_oid
left join pg_rewrite w on w.ev_class = c.oid and w.rulename = '_RETURN'
where s.project = $1 and s.target = $2
