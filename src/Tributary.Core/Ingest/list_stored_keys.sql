select r.{id}, r._version, r._last_updated, r._deleted
from {table} r
where r.{id} > $1 and not coalesce(r._deleted, false){and_own}
order by r.{id}
limit $2
