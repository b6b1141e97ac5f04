select
    serviceid, name, contract, istupaia
from {{ source('karo', 'services') }}
