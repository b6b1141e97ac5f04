-- Dates of birth are text, as they came; cht.person has them as dates.
select
    contact.uuid,
    contact.phone,
    contact.phone2,
    medic.doc ->> 'date_of_birth' as date_of_birth,
    parent.contact_type as parent_type
from {{ ref('contact') }} as contact
join {{ ref('contact_type') }} as kind on kind.id = contact.contact_type and kind.person
join {{ ref('stg_medic') }} as medic using (uuid)
left join {{ ref('contact') }} as parent on parent.uuid = contact.parent_uuid
