insert into tributary.hand_made_view as h (project, target, view_name, refreshed_at, error) values ($1, $2, $3, $4, $5)
on conflict (project, target, view_name) do update set refreshed_at = coalesce(excluded.refreshed_at, h.refreshed_at), error = excluded.error
