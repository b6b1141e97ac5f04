select
    providerid, name, type, phone
from {{ source('karo', 'providers') }}
