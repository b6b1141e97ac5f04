select
    id as practitioner_role_id,
    coalesce((resource ->> 'active')::boolean, true) as is_active,
    {{ fhir_id("resource #>> '{practitioner,reference}'", 'Practitioner') }} as practitioner_id,
    {{ fhir_id("resource #>> '{organization,reference}'", 'Organization') }} as organization_id,
    {{ fhir_id("resource #>> '{location,0,reference}'", 'Location') }} as location_id,
    {{ fhir_concept('$.code[0]') }} as role,
    {{ fhir_instant("resource #>> '{period,start}'") }} as started_at,
    {{ fhir_instant("resource #>> '{period,end}'") }} as ended_at,
    {{ fhir_version() }}
from {{ source('airbyte', 'practitioner_role') }}
