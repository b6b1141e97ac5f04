select
    scheduleid, userid, name, zone
from {{ source('karo', 'calendarschedules') }}
