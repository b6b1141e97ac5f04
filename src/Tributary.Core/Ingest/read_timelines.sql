select h.{id}, h._row, h._version, h._last_updated, h._deleted, h._hash, h.valid_from, h.valid_to
from unnest($1) as k (id)
join {history} h on h.{id} = k.id and h.known_to = 'infinity'
