-- Takes a value away and keeps what it was: ($1 project, $2 target, $3 name, $4 who, $5 when). No row when there was none.
with gone as (
    delete from tributary.setting where project = $1 and target = $2 and name = $3 returning name, value
)
insert into tributary.setting_change (project, target, name, before, changed_by, changed_at)
select $1, $2, gone.name, gone.value, $4, $5
from gone
returning name
