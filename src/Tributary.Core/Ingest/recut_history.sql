-- What we knew of an interval ends now, and what we know of it from now on begins.
with cut as (
    update {history} h set known_to = $3
    from unnest($1, $2) as c (row, valid_to)
    where h._row = c.row
    returning h.*, c.valid_to as valid_until
)
insert into {history}
    ({id}, {document}, {loaded_at}, _version, _last_updated, _load, _deleted, _hash, valid_from, valid_to, known_from)
select {id}, {document}, {loaded_at}, _version, _last_updated, _load, _deleted, _hash, valid_from, valid_until, $3
from cut
