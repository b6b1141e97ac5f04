-- One row a practitioner: the organization of the active role that began first, and how many organizations there are.
with roles as (
    select
        practitioner_id,
        organization_id,
        role,
        row_number() over (partition by practitioner_id order by started_at nulls last, practitioner_role_id) as rank
    from {{ ref('stg_practitioner_role') }}
    where is_active and practitioner_id is not null
)

select
    practitioner_id,
    max(organization_id) filter (where rank = 1) as organization_id,
    max(role) filter (where rank = 1) as role,
    count(distinct organization_id)::integer as organizations
from roles
group by practitioner_id
