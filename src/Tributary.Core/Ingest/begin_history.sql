-- A row from before the engine has no hash: sixteen zero bytes, which no document has.
insert into {history}
    ({id}, {document}, {loaded_at}, _version, _last_updated, _load, _deleted, _hash, valid_from, known_from)
select {id}, {document}, {loaded_at}, _version, _last_updated, _load, _deleted, coalesce(_hash, decode(repeat('00', 16), 'hex')),
       coalesce(_last_updated, {loaded_at}), {loaded_at}
from {table}
