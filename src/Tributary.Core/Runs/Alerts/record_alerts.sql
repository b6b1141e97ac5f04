-- What is wrong now: ($1 project, $2 target, $3 subjects, $4 messages, $5 now). What is new begins, what is no longer wrong is well again.
with recovered as (
    update tributary.alert a
    set state = 'recovered', since = $5, told_at = null
    where a.project = $1 and a.target = $2 and a.state = 'open' and a.subject <> all ($3)
)
insert into tributary.alert as a (project, target, subject, state, message, since)
select $1, $2, w.subject, 'open', w.message, $5
from unnest($3::text[], $4::text[]) w (subject, message)
on conflict (project, target, subject) do update
    set state = 'open', message = excluded.message, since = excluded.since, told_at = null
    where a.state = 'recovered'
