select
    location_id,
    organization_id,
    status,
    name,
    phone,
    street,
    city,
    state,
    zip
from {{ ref('stg_location') }}
