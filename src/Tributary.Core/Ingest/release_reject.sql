with released as (
    update tributary_reject.reject set status = 'released', released_at = $5
    where project = $1 and target = $2 and stream = $3 and reject_id = $4 and status = 'open'
    returning file
)
update tributary.loaded_file f set rows = f.rows + 1, rejects = f.rejects - 1
from released r
where f.project = $1 and f.target = $2 and f.stream = $3 and f.file = r.file
