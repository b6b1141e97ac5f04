with base as (
    select * from {{ ref('intb_0096') }}
),
other as (
    select grp, max(amount) as mx from {{ ref('intb_0077') }} group by grp
)
select
    base.id,
    base.grp,
    base.kind,
    base.amount + coalesce(other.mx, 0) * 0 as amount,
    base.d
from base
left join other on other.grp = base.grp
