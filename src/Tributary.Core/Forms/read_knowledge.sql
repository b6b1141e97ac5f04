-- Forms in the order in which they were first seen, each with its versions; then what cannot be read.
select definition::text, null as document, form, null as problem, version, min(seen_at) over (partition by form) as first_seen
from tributary.form_version
where project = $1 and target = $2 and stream = $3
union all
select null, document, form, problem, 0, 'infinity'
from tributary.form_problem
where project = $1 and target = $2 and stream = $3
order by first_seen, form, version
