insert into tributary_reject.reject
    (project, target, stream, load, run_id, file, line, byte_offset, length, reason, detail, bytes, rejected_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
