-- Relations ($1 oids) that pg_depend does not record, because PostgreSQL itself owns them. Their views are not followed.
select c.oid,
       n.nspname,
       c.relname,
       c.relkind,
       null::text,
       array(select a.attnum from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped order by a.attnum),
       array(select a.attname::text from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped order by a.attnum),
       array(select format_type(a.atttypid, a.atttypmod)
             from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped order by a.attnum)
from pg_class c
join pg_namespace n on n.oid = c.relnamespace
where c.oid = any ($1::oid[])
