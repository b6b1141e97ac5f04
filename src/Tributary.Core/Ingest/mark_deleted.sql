-- The document stays as it was last known.
update {table} r
set _deleted = true, _version = d.version, _last_updated = d.last_updated, _hash = d.hash, _load = $5, {loaded_at} = $6
from unnest($1, $2, $3, $4) as d (id, version, last_updated, hash)
where r.{id} = d.id{and_own}
