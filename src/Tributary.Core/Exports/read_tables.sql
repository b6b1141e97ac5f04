-- The columns of the relations ($1 schemas, $2 names), in order: position of the relation in the lists from 1, column, its type,
-- the category of the type (of the base type of a domain), whether equal values may print differently, and the place in the
-- primary key (null outside; only keys that are enforced now).
select wanted.position,
       a.attname::text,
       format_type(a.atttypid, a.atttypmod),
       coalesce(b.typcategory, t.typcategory)::text,
       coalesce(b.typname, t.typname) in ('numeric', 'interval', 'float4', 'float8'),
       array_position(k.conkey, a.attnum)
from unnest($1::text[], $2::text[]) with ordinality as wanted(schema, name, position)
join pg_namespace n on n.nspname = wanted.schema
join pg_class c on c.relnamespace = n.oid and c.relname = wanted.name
join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
join pg_type t on t.oid = a.atttypid
left join pg_type b on b.oid = nullif(t.typbasetype, 0)
left join pg_constraint k on k.conrelid = c.oid and k.contype = 'p' and not k.condeferrable
order by wanted.position, a.attnum
