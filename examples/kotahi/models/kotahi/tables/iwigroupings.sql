select
    iwigroupingid, name
from {{ source('karo', 'iwigroupings') }}
