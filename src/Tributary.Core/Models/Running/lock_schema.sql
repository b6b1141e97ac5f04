-- $1 schema: "create schema if not exists" by two sessions at once fails, so one waits for the other
select pg_advisory_xact_lock(hashtextextended('tributary schema ' || $1, 0))
