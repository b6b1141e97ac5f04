{{ config(materialized='connected_components', indexes=[{'columns': ['member'], 'unique': true}]) }}
-- The ties that hold on the day, and everybody by themselves.
select t.clientid as a, t.other_clientid as b
from {{ ref('household_ties') }} as t
cross join {{ ref('report_day') }} as d
where t.ishousehold and coalesce(t.startdate, d.day) <= d.day and coalesce(t.enddate, d.day) >= d.day
union all
select clientid, clientid from {{ source('karo', 'clients') }}
