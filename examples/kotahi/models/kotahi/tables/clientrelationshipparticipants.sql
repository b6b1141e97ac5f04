select
    participantid, relationshipid, clientid, role
from {{ source('karo', 'clientrelationshipparticipants') }}
