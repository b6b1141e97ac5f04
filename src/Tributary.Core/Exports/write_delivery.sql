insert into tributary.delivery
    (project, target, run_id, export, track, destination, name, bytes, sha256, rows, fingerprint, manifest, as_of, delivered_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
