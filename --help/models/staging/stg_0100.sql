{% set kinds = ['a', 'b', 'c', 'd'] %}
with base as (
    select * from {{ source('raw', 'raw_0') }}
)
select
    base.id,
    base.grp,
    base.kind,
    base.amount,
    base.d,
    {{ cents('base.amount') }} as amount_d{% for k in kinds %},
    (base.kind = '{{ k }}')::int as is_{{ k }}{% endfor %}
from base
where base.amount >= {{ var('min_amount', 0) }}
{% if target.name == 'prod' %}  and base.d > '2020-01-01'{% endif %}
