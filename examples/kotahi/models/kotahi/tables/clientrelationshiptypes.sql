select
    relationshiptypeid, name, ishousehold
from {{ source('karo', 'clientrelationshiptypes') }}
