select
    clientservicestatusid, clientid, serviceid, servicestatusid, statusdate, registereddate, dischargedate,
    exitby, userid
from {{ source('karo', 'clientservicestatus') }}
