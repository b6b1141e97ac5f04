select clinic.uuid, clinic.name, chw.uuid as chw_uuid, clinic.reported as created
from {{ ref('contactview_metadata') }} as clinic
join {{ ref('contactview_chw') }} as chw on chw.area_uuid = clinic.parent_uuid
where clinic.type = 'clinic'
