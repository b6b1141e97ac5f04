-- Fails, by a division by zero, unless table $1 has nothing that its replacement would have to take over. It fails instead of
-- answering, because the statements behind it are under way already; what depends on the table, DROP itself finds.
select 1 / (c.relkind = 'r' and pg_get_userbyid(c.relowner) = current_user
            and not c.relhasindex and not c.relhastriggers and not c.relhasrules and not c.relrowsecurity and not c.relhassubclass
            and not c.relispartition and c.relacl is null and c.reloptions is null and c.reltablespace = 0
            and not exists (select from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and a.attacl is not null)
            and not exists (select from pg_description d where d.objoid = c.oid and d.classoid = 'pg_class'::regclass))::int
from pg_class c
where c.oid = $1::regclass
