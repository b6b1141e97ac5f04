select
    servicestatusid, name, isclosed
from {{ source('karo', 'servicestatus') }}
