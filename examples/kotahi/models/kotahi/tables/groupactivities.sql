select
    groupactivityid, activitytypeid, serviceid, name, starttime, durationminutes
from {{ source('karo', 'groupactivities') }}
