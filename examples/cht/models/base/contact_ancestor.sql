{{ config(indexes=[{'columns': ['uuid', 'ancestor_uuid'], 'unique': true}, {'columns': ['ancestor_uuid']}]) }}
-- Everybody with each place above, themselves at distance 0. A circle of parents, which no app should write, ends where it began.
with recursive above as (
    select uuid, uuid as ancestor_uuid, parent_uuid as next_uuid, 0 as distance, array[uuid] as way from {{ ref('contact') }}
    union all
    select a.uuid, c.uuid, c.parent_uuid, a.distance + 1, a.way || c.uuid
    from above as a
    join {{ ref('contact') }} as c on c.uuid = a.next_uuid
    where c.uuid <> all (a.way) and a.distance < 20
)

select a.uuid, a.ancestor_uuid, c.contact_type as ancestor_type, c.name as ancestor_name, a.distance
from above as a
join {{ ref('contact') }} as c on c.uuid = a.ancestor_uuid
