-- The changes of settings of ($1 project, $2 target), the newest first; $3: of this one, or '' of all.
select c.changed_at as changed,
       c.name as setting,
       c.before::text,
       c.after::text,
       c.changed_by as by
from tributary.setting_change c
where c.project = $1 and c.target = $2 and ($3 = '' or c.name = $3)
order by c.change_id desc
limit 1000
