-- Columns and their origins as the last successful builds of ($1 project, $2 target) left them, for relations that exist.
select s.node, n.nspname::text, c.relname::text, col.value ->> 'name', coalesce(col.value -> 'origins', '[]')::text
from tributary.success s
join pg_class c on c.oid = s.relation_oid
join pg_namespace n on n.oid = c.relnamespace
cross join lateral jsonb_array_elements(coalesce(s.reads -> 'columns', '[]')) with ordinality as col (value, position)
where s.project = $1 and s.target = $2
order by 2, 3, col.position
