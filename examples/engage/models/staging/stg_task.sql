select
    id as task_id,
    resource ->> 'status' as status,
    resource ->> 'priority' as priority,
    {{ fhir_text('$.code.coding[0].code') }} as code,
    resource ->> 'description' as description,
    {{ fhir_id("resource #>> '{for,reference}'", 'Patient') }} as patient_id,
    {{ fhir_id("resource #>> '{encounter,reference}'", 'Encounter') }} as encounter_id,
    {{ fhir_id("resource #>> '{requester,reference}'", 'Practitioner') }} as requester_id,
    {{ fhir_id("resource #>> '{owner,reference}'", 'Practitioner') }} as owner_id,
    {{ fhir_instant("resource ->> 'authoredOn'") }} as authored_at,
    {{ fhir_instant("resource ->> 'lastModified'") }} as modified_at,
    {{ fhir_instant("resource #>> '{restriction,period,end}'") }} as due_at,
    {{ fhir_version() }}
from {{ source('airbyte', 'task') }}
