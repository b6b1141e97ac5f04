select
    templateid, name, body
from {{ source('karo', 'messagetemplates') }}
