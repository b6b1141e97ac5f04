with base as (
    select * from {{ ref('inta_0073') }}
),
other as (
    select grp, max(amount) as mx from {{ ref('inta_0133') }} group by grp
)
select
    base.id,
    base.grp,
    base.kind,
    base.amount + coalesce(other.mx, 0) * 0 as amount,
    base.d
from base
left join other on other.grp = base.grp
