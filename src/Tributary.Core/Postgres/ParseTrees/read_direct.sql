-- View $1 (a name as regclass reads it) with its stored query, and the relations that this names, with their columns.
with root as (
    select $1::regclass::oid as oid
),
reach as (
    select oid, true as is_root from root
    union
    select d.refobjid, false
    from root
    join pg_rewrite w on w.ev_class = root.oid
    join pg_depend d on d.classid = 'pg_rewrite'::regclass and d.objid = w.oid and d.refclassid = 'pg_class'::regclass and d.refobjid <> root.oid
)
select c.oid,
       n.nspname,
       c.relname,
       c.relkind,
       (select w.ev_action::text from pg_rewrite w where w.ev_class = c.oid and w.ev_type = '1' and r.is_root),
       array_agg(a.attnum order by a.attnum),
       array_agg(a.attname::text order by a.attnum),
       array_agg(format_type(a.atttypid, a.atttypmod) order by a.attnum)
from reach r
join pg_class c on c.oid = r.oid
join pg_namespace n on n.oid = c.relnamespace
join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
group by c.oid, n.nspname, c.relname, c.relkind, r.is_root
order by r.is_root desc
