-- The success record of a relation that was recreated ($1 old oid) or redefined goes on with its new oid ($2) and file.
update tributary.success
set relation_oid = $2::oid,
    relation_file = coalesce(pg_relation_filenode($2::oid), (select w.xmin::text::oid from pg_rewrite w where w.ev_class = $2::oid and w.rulename = '_RETURN'), 0)
where relation_oid = $1::oid
