select
    assigneduserid, clientid, userid, serviceid, assigneddate, unassigneddate
from {{ source('karo', 'assignedusers') }}
