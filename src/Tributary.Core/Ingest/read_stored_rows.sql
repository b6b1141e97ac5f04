select r.{id}, r._version, r._last_updated, coalesce(r._deleted, false), r._hash
from unnest($1) as k (id)
join {table} r on r.{id} = k.id{and_own}
