{{ config(indexes=[{'columns': ['clientid']}, {'columns': ['opened', 'closed']}]) }}
-- Each registration as an interval: open on a day when opened <= day and (closed is null or day < closed).
select r.clientid, r.serviceid, s.name as servicename, r.registereddate as opened, r.dischargedate as closed, r.exitby
from {{ ref('registrations') }} as r
left join {{ source('karo', 'services') }} as s using (serviceid)
