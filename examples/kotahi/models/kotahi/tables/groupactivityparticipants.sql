select
    participantid, groupactivityid, clientid, attended
from {{ source('karo', 'groupactivityparticipants') }}
