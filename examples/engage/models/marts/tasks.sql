select
    task.task_id,
    task.patient_id,
    task.encounter_id,
    patient.organization_id,
    task.requester_id,
    task.owner_id,
    task.status,
    task.priority,
    task.code,
    task.description,
    task.authored_at,
    task.modified_at,
    task.due_at,
    task.status not in ('completed', 'cancelled', 'rejected', 'failed', 'entered-in-error') as is_open,
    task.status not in ('completed', 'cancelled', 'rejected', 'failed', 'entered-in-error') and task.due_at < {{ as_of }} as is_overdue
from {{ ref('stg_task') }} as task
left join {{ ref('stg_patient') }} as patient using (patient_id)
where task.status is distinct from 'entered-in-error'
