select
    userlocalityid, userid, locality
from {{ source('karo', 'userlocalities') }}
