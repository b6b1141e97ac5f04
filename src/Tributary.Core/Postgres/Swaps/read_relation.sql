-- The relation of ($1 schema, $2 name), and whether this role may replace it.
select c.oid, c.relkind, pg_get_userbyid(c.relowner), pg_has_role(c.relowner, 'usage')
from pg_class c
join pg_namespace n on n.oid = c.relnamespace
where n.nspname = $1 and c.relname = $2
