select
    person.uuid,
    person.name,
    person.type,
    person.parent_uuid as family_uuid,
    fields.phone,
    fields.phone2,
    fields.date_of_birth,
    fields.parent_type
from {{ ref('contactview_metadata') }} as person
join {{ ref('contactview_person_fields') }} as fields using (uuid)
where exists (select from {{ ref('contactview_metadata') }} as clinic where clinic.type = 'clinic' and clinic.contact_uuid = person.uuid)
