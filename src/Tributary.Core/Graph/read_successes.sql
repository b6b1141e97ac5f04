-- Success records of ($1 project, $2 target), and whether the relation and the functions are still those of the success.
select s.node,
       s.success_id,
       s.fingerprint,
       s.relation_oid,
       s.relation_file,
       s.stale,
       (s.relation_oid is null or (c.oid is not null and pg_relation_filenode(c.oid) is not distinct from nullif(s.relation_file, 0)))
           and not exists (
               select 1
               from jsonb_array_elements(coalesce(s.reads -> 'functions', '[]')) f
               left join pg_proc p on p.oid = (f ->> 'oid')::oid
               where p.oid is null or md5(coalesce(p.prosrc, '') || coalesce(p.prosqlbody::text, '')) <> f ->> 'hash') as ours,
       s.reads::text
from tributary.success s
left join pg_class c on c.oid = s.relation_oid
where s.project = $1 and s.target = $2
