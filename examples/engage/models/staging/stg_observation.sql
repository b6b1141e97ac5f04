select
    id as observation_id,
    resource ->> 'status' as status,
    {{ fhir_text('$.category[0].coding[0].code') }} as category,
    {{ fhir_text('$.code.coding[0].code') }} as code,
    {{ fhir_concept('$.code') }} as display,
    {{ fhir_id("resource #>> '{subject,reference}'", 'Patient') }} as patient_id,
    {{ fhir_id("resource #>> '{encounter,reference}'", 'Encounter') }} as encounter_id,
    {{ fhir_id("resource #>> '{performer,0,reference}'", 'Practitioner') }} as practitioner_id,
    coalesce(
        {{ fhir_instant("resource ->> 'effectiveDateTime'") }},
        {{ fhir_instant("resource #>> '{effectivePeriod,start}'") }}
    ) as observed_at,
    (resource #>> '{valueQuantity,value}')::numeric as value_number,
    resource #>> '{valueQuantity,unit}' as value_unit,
    {{ fhir_concept('$.valueCodeableConcept') }} as value_display,
    resource ->> 'valueString' as value_text,
    resource -> 'component' as components,
    {{ fhir_version() }}
from {{ source('airbyte', 'observation') }}
