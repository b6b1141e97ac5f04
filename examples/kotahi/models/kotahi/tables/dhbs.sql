select
    dhbid, name
from {{ source('karo', 'dhbs') }}
