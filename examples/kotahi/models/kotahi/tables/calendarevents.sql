select
    eventid, userid, starttime, endtime, status
from {{ source('karo', 'calendarevents') }}
