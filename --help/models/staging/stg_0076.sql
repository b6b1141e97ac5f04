with base as (
    select * from {{ source('raw', 'raw_6') }}
)
select
    base.id,
    base.grp,
    base.kind,
    base.amount,
    base.d
from base
