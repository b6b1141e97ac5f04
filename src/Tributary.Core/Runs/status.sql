-- One line a stream, then one a node whose last build failed, then the exports: ($1 project, $2 target).
select 'stream' as what,
       c.stream as name,
       c.updated_at as last,
       c.load as loads,
       (select count(*) from tributary_reject.reject r
        where r.project = c.project and r.target = c.target and r.stream = c.stream and r.status = 'open') as open_rejects,
       null::text as note
from tributary.checkpoint c
where c.project = $1 and c.target = $2
union all
select 'stale', s.node, s.succeeded_at, null, null, 'its last build failed; readers see the result of the time shown'
from tributary.success s
where s.project = $1 and s.target = $2 and s.stale
union all
(select distinct on (d.export) 'export', d.export, d.delivered_at, null, null, d.name
 from tributary.delivery d
 where d.project = $1 and d.target = $2
 order by d.export, d.delivered_at desc)
order by 1 desc, 2
