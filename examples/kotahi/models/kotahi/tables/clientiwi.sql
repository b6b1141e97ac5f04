select
    clientiwiid, clientid, iwiid
from {{ source('karo', 'clientiwi') }}
