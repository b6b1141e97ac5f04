select n.nspname, c.relname, c.relkind::text, pg_get_userbyid(c.relowner), obj_description(c.oid, 'pg_class'),
       case when c.relkind in ('r', 'p', 'm') then c.reltuples::bigint else -1 end,
       case when c.relkind in ('r', 'm') then pg_total_relation_size(c.oid) else 0 end,
       a.attname, a.attnum::int, format_type(a.atttypid, a.atttypmod), col_description(c.oid, a.attnum)
from pg_class c
join pg_namespace n on n.oid = c.relnamespace
left join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
where n.nspname = any ($1) and c.relkind in ('r', 'p', 'v', 'm', 'f')
order by n.nspname, c.relname, a.attnum
