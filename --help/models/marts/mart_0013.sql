{{ config(materialized='table', tags=['t6']) }}
with base as (
    select * from {{ ref('intc_0013') }}
),
other as (
    select grp, max(amount) as mx from {{ ref('intc_0000') }} group by grp
)
select
    base.id,
    base.grp,
    base.kind,
    base.amount + coalesce(other.mx, 0) * 0 as amount,
    base.d
from base
left join other on other.grp = base.grp
