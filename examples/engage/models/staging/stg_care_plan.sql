select
    id as care_plan_id,
    resource ->> 'status' as status,
    resource ->> 'intent' as intent,
    {{ fhir_concept('$.category[0]') }} as category,
    resource ->> 'title' as title,
    resource ->> 'description' as description,
    {{ fhir_id("resource #>> '{subject,reference}'", 'Patient') }} as patient_id,
    {{ fhir_id("resource #>> '{encounter,reference}'", 'Encounter') }} as encounter_id,
    {{ fhir_id("resource #>> '{author,reference}'", 'Practitioner') }} as practitioner_id,
    {{ fhir_id("resource #>> '{contributor,0,reference}'", 'Organization') }} as organization_id,
    {{ fhir_id("resource #>> '{careTeam,0,reference}'", 'CareTeam') }} as care_team_id,
    jsonb_array_length(coalesce(resource -> 'activity', '[]')) as activities,
    {{ fhir_instant("resource #>> '{period,start}'") }} as started_at,
    {{ fhir_instant("resource #>> '{period,end}'") }} as ended_at,
    {{ fhir_version() }}
from {{ source('airbyte', 'care_plan') }}
