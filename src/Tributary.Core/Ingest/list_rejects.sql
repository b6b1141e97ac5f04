select reject_id, stream, load, run_id, file, line, byte_offset, length, reason, detail, status, rejected_at
from tributary_reject.reject
where project = $1 and target = $2
  and ($3::text is null or stream = $3)
  and ($4::text is null or status = $4)
  and ($5::bigint is null or reject_id = $5)
order by reject_id
limit $6
