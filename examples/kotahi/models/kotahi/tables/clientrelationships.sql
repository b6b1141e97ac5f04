select
    relationshipid, relationshiptypeid, startdate, enddate
from {{ source('karo', 'clientrelationships') }}
