-- Indexes (i) and other constraints (c) of relation ($1 oid), with what tells equal ones apart from others.
select 'i',
       c.relname,
       concat_ws('|', am.amname, i.indisunique, i.indisprimary, i.indnkeyatts, pg_get_expr(i.indpred, i.indrelid),
                 (select string_agg(pg_get_indexdef(i.indexrelid, k, true), ',' order by k) from generate_series(1, i.indnatts) k))
from pg_index i
join pg_class c on c.oid = i.indexrelid
join pg_am am on am.oid = c.relam
where i.indrelid = $1::oid
union all
select 'c', conname, pg_get_constraintdef(oid)
from pg_constraint
where conrelid = $1::oid and conindid = 0
order by 1, 2
