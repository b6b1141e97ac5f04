select
    id as practitioner_id,
    coalesce((resource ->> 'active')::boolean, true) as is_active,
    {{ fhir_name('given[0]') }} as given_name,
    {{ fhir_name('family') }} as family_name,
    {{ fhir_text('$.name[0].suffix[0]') }} as title,
    lower(resource ->> 'gender') as gender,
    {{ fhir_text('$.identifier[*] ? (@.system == "http://hl7.org/fhir/sid/us-npi").value') }} as npi,
    {{ fhir_telecom('phone', 'work') }} as phone,
    {{ fhir_telecom('email', 'work') }} as email,
    {{ fhir_version() }}
from {{ source('airbyte', 'practitioner') }}
