-- The success record of a relation that was recreated ($1 old oid) goes on with its new oid ($2) and file.
update tributary.success
set relation_oid = $2::oid, relation_file = coalesce(pg_relation_filenode($2::oid), 0)
where relation_oid = $1::oid
