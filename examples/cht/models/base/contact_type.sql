-- The types that the settings declare, and those that contacts have besides.
with configured as (
    select kind ->> 'id' as id, coalesce((kind ->> 'person')::boolean, false) as person
    from {{ ref('stg_medic') }}
    cross join lateral jsonb_array_elements(case jsonb_typeof(doc #> '{settings,contact_types}') when 'array' then doc #> '{settings,contact_types}' else '[]' end) as kind
    where uuid = 'settings'
)

select id, person, true as configured from configured
union all
select distinct contact_type, contact_type = 'person', false
from {{ ref('contact') }}
where contact_type is not null and contact_type not in (select id from configured)
