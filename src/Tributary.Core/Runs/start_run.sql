-- A run whose sessions are gone and that never closed its row was killed: say so, then open ours.
with abandoned as (
    update tributary.run r
    set status = 'abandoned', finished_at = $12, message = 'the process ended without closing the run'
    where r.project = $2 and r.target = $3 and r.status = 'running'
      and not exists (select from pg_stat_activity a where a.application_name = left('tributary ' || r.run_id, 63))
)
insert into tributary.run
    (run_id, project, target, verb, arguments, as_of, commit, program_version, host, process_id, os_user, started_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
