{{ config(materialized='view') }}
-- Each person's household on the day: there is no family object, so it is whoever is joined by relationships, over any number of steps.
select
    c.member as clientid, c.component as householdid, count(*) over (partition by c.component) as household_size, k.clientid is not null as client_is_known
from {{ ref('household_components') }} as c
left join {{ source('karo', 'clients') }} as k on k.clientid = c.member
