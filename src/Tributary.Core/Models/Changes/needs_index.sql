-- Is the table ($1) there, without an index that begins with these columns ($2)?
select to_regclass($1) is not null and not exists (
    select from pg_index i
    where i.indrelid = to_regclass($1) and i.indisvalid and i.indpred is null and i.indexprs is null
      and (select array_agg(a.attname::text order by k.place) from unnest(i.indkey::int2[]) with ordinality as k (number, place)
           join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.number
           where k.place <= cardinality($2)) = $2
)
