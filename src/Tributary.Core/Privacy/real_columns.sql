-- The columns of the relations ($1 schemas, $2 names): position of the relation in the lists from 1, column, in the relation's order.
select wanted.position, a.attname::text
from unnest($1::text[], $2::text[]) with ordinality as wanted(schema, name, position)
join pg_namespace n on n.nspname = wanted.schema
join pg_class c on c.relnamespace = n.oid and c.relname = wanted.name
join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
order by wanted.position, a.attnum
