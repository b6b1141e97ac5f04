select
    correspondencetypeid, name
from {{ source('karo', 'correspondencetype') }}
