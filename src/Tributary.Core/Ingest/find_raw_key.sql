-- Is there a unique index on exactly these columns, in whatever order?
select exists (
    select from pg_index i
    where i.indrelid = to_regclass($1) and i.indisunique and i.indisvalid and i.indpred is null and i.indexprs is null
      and (select array_agg(a.attname::text order by a.attname::text collate "C") from pg_attribute a
           where a.attrelid = i.indrelid and a.attnum = any ((i.indkey::int2[])[0:i.indnkeyatts - 1]))
        = (select array_agg(c order by c collate "C") from unnest($2) as c)
)
