-- $1 schema (null: a temporary relation of this session), $2 name → name, type, length of text, precision, scale
select a.attname::text,
       case when t.typname = 'varchar' then 'character varying'
            when t.typname = 'bpchar' then 'character'
            else format_type(a.atttypid, null) end,
       case when t.typname in ('varchar', 'bpchar') and a.atttypmod > 4 then a.atttypmod - 4 end,
       case when t.typname = 'numeric' and a.atttypmod > 4 then ((a.atttypmod - 4) >> 16) & 65535 end,
       case when t.typname = 'numeric' and a.atttypmod > 4 then (a.atttypmod - 4) & 65535 end
from pg_class c
join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
join pg_type t on t.oid = a.atttypid
where c.relname = $2
  and c.relnamespace = coalesce((select oid from pg_namespace where nspname = $1), case when $1 is null then pg_my_temp_schema() end)
order by a.attnum
