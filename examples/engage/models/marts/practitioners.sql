select
    practitioner.practitioner_id,
    main.organization_id,
    practitioner.is_active,
    practitioner.given_name,
    practitioner.family_name,
    concat_ws(' ', practitioner.given_name, practitioner.family_name) as full_name,
    practitioner.title,
    practitioner.gender,
    practitioner.npi,
    practitioner.phone,
    practitioner.email,
    main.role,
    coalesce(main.organizations, 0) as organizations
from {{ ref('stg_practitioner') }} as practitioner
left join {{ ref('int_practitioner_organizations') }} as main using (practitioner_id)
