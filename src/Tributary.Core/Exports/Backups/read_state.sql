-- Rows of each table that a backup holds, counted; then each stream with its load number and position.
select format('%I.%I', n.nspname, c.relname),
    (xpath('//rows/text()', query_to_xml(format('select count(*) as rows from %I.%I', n.nspname, c.relname), false, false, '')))[1]::text::bigint
from pg_class c
join pg_namespace n on n.oid = c.relnamespace
where c.relkind in ('r', 'p') and not c.relispartition and n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'tributary_access');
select concat_ws('/', project, target, stream), load || ' ' || position::text from tributary.checkpoint
