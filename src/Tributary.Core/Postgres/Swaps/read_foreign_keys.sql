-- Foreign keys of other tables that refer to relation ($1 oid), where this role may change them. search_path must be empty.
select n.nspname, c.relname, k.conname, pg_get_constraintdef(k.oid)
from pg_constraint k
join pg_class c on c.oid = k.conrelid
join pg_namespace n on n.oid = c.relnamespace
where k.confrelid = $1::oid and k.contype = 'f' and k.conrelid <> k.confrelid and k.conparentid = 0 and pg_has_role(c.relowner, 'usage')
order by 1, 2, 3
