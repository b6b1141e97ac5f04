with batch as (
    insert into tributary.load (project, target, stream, load, run_id, counts, position, committed_at)
    values ($1, $2, $3, $4, $5, $6, $7, $8)
)
update tributary.checkpoint set load = $4, position = $7, updated_at = $8
where project = $1 and target = $2 and stream = $3
