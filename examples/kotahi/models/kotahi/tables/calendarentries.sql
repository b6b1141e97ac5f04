select
    entryid, scheduleid, weekday, starttime, endtime
from {{ source('karo', 'calendarentries') }}
