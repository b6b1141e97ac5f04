-- Only completed responses count: drafts, stopped and erroneous ones stay in the raw table.
select
    id as response_id,
    regexp_replace(split_part(resource ->> 'questionnaire', '|', 1), '^.*/', '') as questionnaire,
    nullif(split_part(resource ->> 'questionnaire', '|', 2), '') as questionnaire_version,
    resource ->> 'status' as status,
    {{ fhir_id("resource #>> '{subject,reference}'", 'Patient') }} as patient_id,
    {{ fhir_id("resource #>> '{encounter,reference}'", 'Encounter') }} as encounter_id,
    {{ fhir_id("resource #>> '{author,reference}'", 'Practitioner') }} as practitioner_id,
    {{ fhir_id(
        fhir_text('$.extension[*] ? (@.url == "https://engage.example.org/fhir/StructureDefinition/organization").valueReference.reference'),
        'Organization'
    ) }} as organization_id,
    {{ fhir_instant("resource ->> 'authored'") }} as authored_at,
    {{ fhir_version() }}
from {{ source('airbyte', 'questionnaire_response') }}
where resource ->> 'status' = 'completed'
