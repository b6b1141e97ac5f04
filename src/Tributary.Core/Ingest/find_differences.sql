-- Keys that the source and the raw table do not have alike: ($1 the stream's own rows, where the table is shared).
select coalesce(l.id, r.{id})
from (
    select r.{id}, coalesce(r._version, r.{document} ->> '_rev') as version
    from {table} r
    where not coalesce(r._deleted, false){and_own}
) r
full join tributary_listed l on l.id = r.{id}
where l.version is distinct from r.version or l.id is null or r.{id} is null
