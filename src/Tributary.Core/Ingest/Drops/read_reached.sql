-- How far each stream came ($1 project, $2 target): the newest drop it took, the newest that is settled for it, and the last that waits for a human.
select
    stream,
    max(dropped_at) filter (where state = 'taken'),
    max(dropped_at) filter (where state in ('taken', 'passed', 'skipped')),
    (array_agg(drop_name order by dropped_at desc) filter (where state in ('held', 'accepted')))[1],
    (array_agg(case when state = 'accepted' then 'it is accepted, and the next sync takes it' else because end order by dropped_at desc)
        filter (where state in ('held', 'accepted')))[1]
from tributary.drop_state
where project = $1 and target = $2
group by stream
