-- ($1 project, $2 target, $3 stream, $4 name of its lock, $5 now, $6 error or null)
insert into tributary.stream_state as s (project, target, stream, lock_name, asked_at, error, failing_since, failures)
values ($1, $2, $3, $4, case when $6 is null then $5 end, $6, case when $6 is not null then $5 end, case when $6 is null then 0 else 1 end)
on conflict (project, target, stream) do update set
    lock_name = excluded.lock_name,
    asked_at = coalesce(excluded.asked_at, s.asked_at),
    error = excluded.error,
    failing_since = case when excluded.error is not null then coalesce(s.failing_since, excluded.failing_since) end,
    failures = case when excluded.error is null then 0 else s.failures + 1 end
