-- $1 project, $2 target, $3 relation: one writer at a time, until the transaction ends
select pg_advisory_xact_lock(hashtextextended(concat_ws(' ', 'tributary relation', $1::text, $2::text, $3::text), 0))
