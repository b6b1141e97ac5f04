-- Functions ($1 oids). Oids below 16384 are PostgreSQL's own (FirstNormalObjectId in src/include/access/transam.h).
select p.oid,
       n.nspname,
       p.proname,
       p.provolatile,
       p.oid < 16384,
       l.lanname,
       md5(coalesce(p.prosrc, '') || coalesce(p.prosqlbody::text, ''))
from pg_proc p
join pg_namespace n on n.oid = p.pronamespace
join pg_language l on l.oid = p.prolang
where p.oid = any ($1::oid[])
