select
    id as location_id,
    resource ->> 'status' as status,
    resource ->> 'name' as name,
    {{ fhir_telecom('phone', 'work') }} as phone,
    {{ fhir_text('$.address.line[0]') }} as street,
    {{ fhir_text('$.address.city') }} as city,
    {{ fhir_text('$.address.state') }} as state,
    {{ fhir_text('$.address.postalCode') }} as zip,
    {{ fhir_id("resource #>> '{managingOrganization,reference}'", 'Organization') }} as organization_id,
    {{ fhir_version() }}
from {{ source('airbyte', 'location') }}
