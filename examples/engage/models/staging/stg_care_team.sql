select
    id as care_team_id,
    resource ->> 'status' as status,
    resource ->> 'name' as name,
    {{ fhir_id("resource #>> '{subject,reference}'", 'Patient') }} as patient_id,
    {{ fhir_id("resource #>> '{managingOrganization,0,reference}'", 'Organization') }} as organization_id,
    jsonb_array_length(coalesce(resource -> 'participant', '[]')) as participants,
    {{ fhir_version() }}
from {{ source('airbyte', 'care_team') }}
