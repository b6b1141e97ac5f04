select uuid, name from {{ ref('contactview_metadata') }} where type = 'district_hospital'
