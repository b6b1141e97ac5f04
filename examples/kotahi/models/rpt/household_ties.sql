{{ config(indexes=[{'columns': ['clientid']}, {'columns': ['other_clientid']}]) }}
-- Who is tied to whom, by what, from when to when. A person may be tied to several households' people; the ties tell which.
select
    r.relationshipid, x.clientid, y.clientid as other_clientid, t.name as relationship, coalesce(t.ishousehold, true) as ishousehold, r.startdate, r.enddate
from {{ source('karo', 'clientrelationships') }} as r
join {{ source('karo', 'clientrelationshipparticipants') }} as x using (relationshipid)
join {{ source('karo', 'clientrelationshipparticipants') }} as y on y.relationshipid = r.relationshipid and y.clientid > x.clientid
left join {{ source('karo', 'clientrelationshiptypes') }} as t on t.relationshiptypeid = r.relationshiptypeid
