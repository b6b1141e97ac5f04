select
    organization_id,
    parent_id,
    network_id,
    is_active,
    name,
    type,
    phone,
    street,
    city,
    state,
    zip
from {{ ref('stg_organization') }}
