select doc
from {{ ref('stg_medic') }}
where doc ->> 'type' in ('contact', 'person', 'clinic', 'health_center', 'district_hospital')
