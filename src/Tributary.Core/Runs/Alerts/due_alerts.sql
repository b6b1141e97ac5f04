-- What somebody is to be told of: ($1 project, $2 target, $3 told before this is too long ago for what is still wrong).
select subject, state, message, since
from tributary.alert
where project = $1 and target = $2 and (told_at is null or state = 'open' and told_at <= $3)
order by since, subject
limit 100
