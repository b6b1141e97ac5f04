select
    fieldid, activitytypeid, fieldname, fieldtype, createddate
from {{ source('karo', 'customactivityfieldsdata') }}
