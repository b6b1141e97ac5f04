-- The records of a snapshot that differ from what was true at its instant as far as we know, and those that it no longer has.
create temp table tributary_changed on commit drop as
select {either_key}, n._hash is not null as is_there
from {staging} n
full join ({base}) o on {same_key}
where n._hash is distinct from o._hash
