-- The primary key on the id alone, which several sources outgrow: its name, or no row.
select c.conname::text
from pg_constraint c
where c.conrelid = to_regclass($1) and c.contype = 'p'
  and c.conkey = (select array_agg(a.attnum) from pg_attribute a where a.attrelid = c.conrelid and a.attname = $2)
