-- Relations with rows of their own that have one of the columns ($1), whoever made them.
select n.nspname, c.relname, a.attname
from pg_attribute a
join pg_class c on c.oid = a.attrelid
join pg_namespace n on n.oid = c.relnamespace
where a.attname = any($1) and not a.attisdropped and c.relkind in ('r', 'm', 'p') and c.relpersistence <> 't'
  and n.nspname !~ '^(pg_|information_schema$|tributary)' and has_table_privilege(c.oid, 'select')
  and (c.relkind <> 'm' or c.relispopulated)
order by 1, 2, 3
