-- Sets a value and keeps what it was: ($1 project, $2 target, $3 name, $4 who, $5 when, $6 value). No row when it stands already.
with before as (
    select value from tributary.setting where project = $1 and target = $2 and name = $3
), set as (
    insert into tributary.setting as s (project, target, name, value, changed_by, changed_at)
    values ($1, $2, $3, $6, $4, $5)
    on conflict (project, target, name) do update
        set value = excluded.value, changed_by = excluded.changed_by, changed_at = excluded.changed_at
        where s.value is distinct from excluded.value
    returning name
)
insert into tributary.setting_change (project, target, name, before, after, changed_by, changed_at)
select $1, $2, set.name, (select value from before), $6, $4, $5
from set
returning name
