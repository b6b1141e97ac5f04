-- Definitions that gave values: $1 project, $2 target, $3 metrics, $4 versions, $5 fingerprints, $6 run, $7 now.
insert into tributary.metric_version (project, target, metric, version, fingerprint, first_run_id, first_seen_at)
select $1, $2, m.metric, m.version, m.fingerprint, $6, $7
from unnest($3::text[], $4::int[], $5::text[]) as m(metric, version, fingerprint)
on conflict (project, target, metric, version) do nothing
