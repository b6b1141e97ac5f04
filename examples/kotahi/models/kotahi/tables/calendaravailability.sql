select
    availabilityid, userid, fromdate, todate, kind
from {{ source('karo', 'calendaravailability') }}
