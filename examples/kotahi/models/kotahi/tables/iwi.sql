select
    iwiid, iwigroupingid, name
from {{ source('karo', 'iwi') }}
