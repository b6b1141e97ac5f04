select
    eventclientid, eventid, clientid
from {{ source('karo', 'calendareventclients') }}
