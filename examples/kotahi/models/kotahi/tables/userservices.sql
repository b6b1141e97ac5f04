select
    userserviceid, userid, serviceid
from {{ source('karo', 'userservices') }}
