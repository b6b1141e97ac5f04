-- Of the nodes $3 of ($1 project, $2 target) those that failed when they last really ran: what was skipped says nothing new.
select last.node
from (
    select distinct on (s.node) s.node, s.outcome
    from tributary.step s
    join tributary.run r using (run_id)
    where r.project = $1 and r.target = $2 and s.node = any($3) and s.outcome <> 'skipped'
    order by s.node, s.finished_at desc
) last
where last.outcome = 'failed'
