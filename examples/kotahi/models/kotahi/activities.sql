-- Today's table, without what is confidential: the open fields of CustomJSONData under their names of today, so that
-- jsonb_to_record(customfielddatajson) never meets a date that is none.
select
    a.activityid, a.clientid, a.activitytypeid, a.serviceid, a.userid, a.groupactivityid, a.activitydate, a.entereddate, a.modifieddate,
    a.durationminutes, a.status,
    case when a.activitytypeid in (select o.activitytypeid from {{ ref('open_notes') }} as o) then a.notes end as notes,
    {{ open_fields('a.activitytypeid', 'a.customfielddatajson', 'a.activitydate') }} as customfielddatajson
from {{ source('karo', 'activities') }} as a
