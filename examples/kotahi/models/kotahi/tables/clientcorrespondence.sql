select
    correspondenceid, clientid, correspondencetypeid, userid, sentdate
from {{ source('karo', 'clientcorrespondence') }}
