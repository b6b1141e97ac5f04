select
    taskid, clientid, userid, duedate, status, completeddate
from {{ source('karo', 'clienttasks') }}
