select
    staffid, groupactivityid, userid, minutes
from {{ source('karo', 'groupactivitystaff') }}
