insert into tributary.form_version (project, target, stream, form, version, definition, seen_at)
select $1, $2, $3, $4, coalesce(max(version), 0) + 1, $5, $6
from tributary.form_version
where project = $1 and target = $2 and stream = $3 and form = $4
