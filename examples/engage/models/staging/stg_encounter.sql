select
    id as encounter_id,
    resource ->> 'status' as status,
    resource #>> '{class,code}' as class_code,
    {{ fhir_concept('$.type[0]') }} as type,
    {{ fhir_concept('$.reasonCode[0]') }} as reason,
    {{ fhir_id("resource #>> '{subject,reference}'", 'Patient') }} as patient_id,
    {{ fhir_id("resource #>> '{participant,0,individual,reference}'", 'Practitioner') }} as practitioner_id,
    {{ fhir_id("resource #>> '{location,0,location,reference}'", 'Location') }} as location_id,
    {{ fhir_id("resource #>> '{serviceProvider,reference}'", 'Organization') }} as organization_id,
    {{ fhir_instant("resource #>> '{period,start}'") }} as started_at,
    {{ fhir_instant("resource #>> '{period,end}'") }} as ended_at,
    {{ fhir_version() }}
from {{ source('airbyte', 'encounter') }}
