select
    chw.name,
    fields.uuid,
    fields.phone,
    fields.phone2,
    fields.date_of_birth,
    fields.parent_type,
    area.uuid as area_uuid,
    area.parent_uuid as branch_uuid
from {{ ref('contactview_person_fields') }} as fields
join {{ ref('contactview_metadata') }} as chw on chw.uuid = fields.uuid
join {{ ref('contactview_metadata') }} as area on area.uuid = chw.parent_uuid
where fields.parent_type = 'health_center'
