select
    goalid, goalplanid, domain, status, entryscore, exitscore, setdate, metdate
from {{ source('karo', 'hauoragoals') }}
