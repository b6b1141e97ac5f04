select
    ethnicityid, code, name
from {{ source('karo', 'ethnicities') }}
