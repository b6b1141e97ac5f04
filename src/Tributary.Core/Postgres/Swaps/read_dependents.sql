-- Views and materialized views over relation ($1 oid), through views: depth 1 reads it directly, and a view's depth is above
-- that of everything it reads. search_path must be empty, so that definitions name schemas.
with recursive dependent (oid, depth) as (
    select $1::oid, 0
    union
    select w.ev_class, dependent.depth + 1
    from dependent
    join pg_depend d on d.refclassid = 'pg_class'::regclass and d.refobjid = dependent.oid and d.classid = 'pg_rewrite'::regclass
    join pg_rewrite w on w.oid = d.objid
    where w.ev_class <> dependent.oid
)
select c.oid,
       n.nspname,
       c.relname,
       c.relkind,
       max(d.depth),
       min(d.depth) = 1,
       pg_get_userbyid(c.relowner),
       pg_has_role(c.relowner, 'usage'),
       coalesce(array_to_string(c.reloptions, ', '), ''),
       c.relispopulated,
       rtrim(pg_get_viewdef(c.oid), ';')
from dependent d
join pg_class c on c.oid = d.oid and c.relkind in ('v', 'm')
join pg_namespace n on n.oid = c.relnamespace
where d.depth > 0
group by c.oid, n.nspname
order by max(d.depth), n.nspname, c.relname
