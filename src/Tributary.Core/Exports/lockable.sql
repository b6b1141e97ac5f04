-- Which of the relations ($1 schemas, $2 names) exist and take LOCK TABLE.
select n.nspname::text, c.relname::text
from unnest($1::text[], $2::text[]) as wanted(schema, name)
join pg_namespace n on n.nspname = wanted.schema
join pg_class c on c.relnamespace = n.oid and c.relname = wanted.name and c.relkind in ('r', 'p', 'v')
order by 1, 2
