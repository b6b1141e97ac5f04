with base as (
    select * from {{ ref('stg_0027') }}
),
other as (
    select grp, max(amount) as mx from {{ ref('stg_0023') }} group by grp
)
select
    base.id,
    base.grp,
    base.kind,
    base.amount + coalesce(other.mx, 0) * 0 as amount,
    base.d
from base
left join other on other.grp = base.grp
