-- $1 schemas → schema, name, kind in dbt's words of every relation in them, and whether it is a table on which nothing hangs that
-- a replacement would have to take over.
select n.nspname::text,
       c.relname::text,
       case c.relkind when 'v' then 'view' when 'm' then 'materialized_view' when 'f' then 'external' else 'table' end,
       c.relkind = 'r' and not c.relhasindex and not c.relhastriggers and not c.relhasrules and not c.relrowsecurity and not c.relhassubclass
           and not c.relispartition and c.relacl is null and c.reloptions is null and c.reltablespace = 0
           and not exists (select from pg_depend d where d.refclassid = 'pg_class'::regclass and d.refobjid = c.oid
                           and d.deptype = 'n' and d.classid = 'pg_rewrite'::regclass)
from pg_class c
join pg_namespace n on n.oid = c.relnamespace
where n.nspname = any ($1) and c.relkind in ('r', 'v', 'm', 'p', 'f')
