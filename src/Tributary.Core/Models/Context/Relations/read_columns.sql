-- $1 schema (null: a temporary relation of this session), $2 name → name, type, length of text, precision, scale as
-- information_schema.columns says them, of materialized views too; and the real type of arrays and of types of a user
select a.attname::text,
       case when t.typtype = 'd' then case when b.typelem <> 0 and b.typlen = -1 then 'ARRAY' when nb.nspname = 'pg_catalog' then format_type(t.typbasetype, null) else 'USER-DEFINED' end
            when t.typelem <> 0 and t.typlen = -1 then 'ARRAY'
            when nt.nspname = 'pg_catalog' then format_type(a.atttypid, null)
            else 'USER-DEFINED' end,
       information_schema._pg_char_max_length(information_schema._pg_truetypid(a, t), information_schema._pg_truetypmod(a, t))::int,
       information_schema._pg_numeric_precision(information_schema._pg_truetypid(a, t), information_schema._pg_truetypmod(a, t))::int,
       information_schema._pg_numeric_scale(information_schema._pg_truetypid(a, t), information_schema._pg_truetypmod(a, t))::int,
       case when (t.typelem <> 0 and t.typlen = -1) or nt.nspname <> 'pg_catalog' then format_type(a.atttypid, a.atttypmod) end
from pg_class c
join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
join pg_type t on t.oid = a.atttypid
join pg_namespace nt on nt.oid = t.typnamespace
left join pg_type b on t.typtype = 'd' and b.oid = t.typbasetype
left join pg_namespace nb on nb.oid = b.typnamespace
where c.relname = $2
  and c.relnamespace = coalesce((select oid from pg_namespace where nspname = $1), case when $1 is null then pg_my_temp_schema() end)
order by a.attnum
