with gone as (
    delete from tributary.form_problem where project = $1 and target = $2 and stream = $3 and document = $4 and form <> all ($5)
)
insert into tributary.form_problem (project, target, stream, document, form, problem, seen_at)
select $1, $2, $3, $4, p.form, p.problem, $7
from unnest($5, $6) as p (form, problem)
on conflict (project, target, stream, document, form) do update set problem = excluded.problem, seen_at = excluded.seen_at
