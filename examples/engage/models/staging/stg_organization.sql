-- An organization, and the network that it takes part in (OrganizationAffiliation): the first one by id when there are several.
with affiliations as (
    select
        {{ fhir_id("resource #>> '{participatingOrganization,reference}'", 'Organization') }} as organization_id,
        min({{ fhir_id("resource #>> '{organization,reference}'", 'Organization') }}) as network_id
    from {{ source('airbyte', 'organization_affiliation') }}
    where coalesce((resource ->> 'active')::boolean, true)
    group by 1
)

select
    organization.id as organization_id,
    coalesce((resource ->> 'active')::boolean, true) as is_active,
    resource ->> 'name' as name,
    {{ fhir_concept('$.type[0]') }} as type,
    {{ fhir_telecom('phone', 'work') }} as phone,
    {{ fhir_text('$.address[0].line[0]') }} as street,
    {{ fhir_text('$.address[0].city') }} as city,
    {{ fhir_text('$.address[0].state') }} as state,
    {{ fhir_text('$.address[0].postalCode') }} as zip,
    {{ fhir_id("resource #>> '{partOf,reference}'", 'Organization') }} as parent_id,
    affiliations.network_id,
    {{ fhir_version() }}
from {{ source('airbyte', 'organization') }} as organization
left join affiliations on affiliations.organization_id = organization.id
