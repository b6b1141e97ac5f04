{% set kinds = ['a', 'b', 'c', 'd'] %}
with base as (
    select * from {{ ref('stg_0076') }}
),
other as (
    select grp, max(amount) as mx from {{ ref('stg_0067') }} group by grp
)
select
    base.id,
    base.grp,
    base.kind,
    base.amount + coalesce(other.mx, 0) * 0 as amount,
    base.d,
    {{ cents('base.amount') }} as amount_d{% for k in kinds %},
    (base.kind = '{{ k }}')::int as is_{{ k }}{% endfor %}
from base
left join other on other.grp = base.grp
where base.amount >= {{ var('min_amount', 0) }}
{% if target.name == 'prod' %}  and base.d > '2020-01-01'{% endif %}
