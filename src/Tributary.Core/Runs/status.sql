-- One line a stream, then one a node whose last build failed, then the exports: ($1 project, $2 target).
select 'stream' as what,
       h.stream as name,
       h.last_commit as last,
       h.loads as loads,
       h.open_rejects as open_rejects,
       concat_ws('; ',
           case when h.following then 'followed live' end,
           case when h.behind_changes > 0 then h.behind_changes || ' changes behind' end,
           case when not h.following then 'asked ' || case when h.behind_seconds < 120 then h.behind_seconds || ' s'
               when h.behind_seconds < 7200 then h.behind_seconds / 60 || ' min' else h.behind_seconds / 3600 || ' h' end || ' ago' end,
           h.rows_per_second || ' rows/s',
           'fails since ' || to_char(h.failing_since at time zone 'UTC', 'YYYY-MM-DD HH24:MI') || ' UTC: ' || h.last_error) as note
from tributary.health h
where h.project = $1 and h.target = $2
union all
select 'drops', split_part(d.stream, '.', 1), max(d.dropped_at), count(distinct d.drop_name), null, 'the newest drop that was taken'
from tributary.drop_state d
where d.project = $1 and d.target = $2 and d.state = 'taken'
group by 2
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
