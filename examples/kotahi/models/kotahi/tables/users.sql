select
    userid, firstname, lastname, email, role, isactive, iwiid
from {{ source('karo', 'users') }}
