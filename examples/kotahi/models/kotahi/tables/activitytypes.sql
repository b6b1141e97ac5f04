select
    activitytypeid, name, category, isactive
from {{ source('karo', 'activitytypes') }}
