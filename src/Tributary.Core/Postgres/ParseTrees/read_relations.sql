-- The probe views of this session and every relation below them, through views: name, kind, stored query of views, columns.
with recursive reach as (
    select c.oid, c.relkind
    from pg_class c
    where c.relnamespace = pg_my_temp_schema() and c.relname like 'tributary\_probe\_%'
    union
    select d.refobjid, c.relkind
    from reach
    join pg_rewrite w on w.ev_class = reach.oid
    join pg_depend d on d.classid = 'pg_rewrite'::regclass and d.objid = w.oid and d.refclassid = 'pg_class'::regclass
    join pg_class c on c.oid = d.refobjid
    where reach.relkind = 'v'
)
select c.oid,
       n.nspname,
       c.relname,
       c.relkind,
       (select w.ev_action::text from pg_rewrite w where w.ev_class = c.oid and w.ev_type = '1' and c.relkind = 'v'),
       array(select a.attnum from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped order by a.attnum),
       array(select a.attname::text from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped order by a.attnum),
       array(select format_type(a.atttypid, a.atttypmod)
             from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped order by a.attnum)
from reach
join pg_class c on c.oid = reach.oid
join pg_namespace n on n.oid = c.relnamespace
