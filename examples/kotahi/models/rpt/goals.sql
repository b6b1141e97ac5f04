{{ config(indexes=[{'columns': ['clientid']}]) }}
-- Goals of goal plans, each with the wellbeing domain that its own counted for on the day it was set.
select
    g.goalid, g.goalplanid, p.clientid, p.serviceid, g.domain, m.wellbeing_domain, m.version as domain_map_version, g.status, g.status = 'Met' as is_met,
    g.entryscore, g.exitscore, g.exitscore - g.entryscore as progress, g.setdate, g.metdate, g.metdate - g.setdate as days_to_meet
from {{ source('karo', 'hauoragoals') }} as g
left join {{ source('karo', 'hauoragoalplans') }} as p using (goalplanid)
left join {{ ref('domain_map') }} as m
    on m.domain = g.domain and g.setdate >= m.since and (m.until is null or g.setdate < m.until)
