select
    goalplanid, clientid, serviceid, startdate, enddate, status
from {{ source('karo', 'hauoragoalplans') }}
