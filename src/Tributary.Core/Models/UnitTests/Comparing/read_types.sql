-- $1 a relation's name in quotes → name and type of each column; nothing when there is no such relation
select attname::text, format_type(atttypid, atttypmod)
from pg_attribute
where attrelid = to_regclass($1) and attnum > 0 and not attisdropped
order by attnum
