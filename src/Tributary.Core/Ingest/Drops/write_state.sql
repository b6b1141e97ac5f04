insert into tributary.drop_state
    (project, target, stream, drop_name, dropped_at, state, because, signature, can_accept, load, run_id, decided_by, updated_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
on conflict (project, target, stream, drop_name) do update set
    dropped_at = excluded.dropped_at, state = excluded.state, because = excluded.because, signature = excluded.signature,
    can_accept = excluded.can_accept, load = excluded.load, run_id = excluded.run_id,
    decided_by = coalesce(excluded.decided_by, tributary.drop_state.decided_by), updated_at = excluded.updated_at
