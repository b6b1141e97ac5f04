{# The id in a reference: `Patient/7`, `https://server/r4/Patient/7` and `Patient/7/_history/2` all give 7; another type gives null. #}
{% macro fhir_id(reference, type='[A-Z][A-Za-z]+') -%}
    substring({{ reference }} from '(?:^|/){{ type }}/([A-Za-z0-9.-]{1,64})(?:/_history/[^/]+)?$')
{%- endmacro %}

{# The first value at a JSON path of the resource, as text; blanks are null. #}
{% macro fhir_text(path, document='resource') -%}
    nullif(trim(jsonb_path_query_first({{ document }}, '{{ path }}') #>> '{}'), '')
{%- endmacro %}

{# The words of a CodeableConcept: its text, else the display or code of its first coding. #}
{% macro fhir_concept(path) -%}
    coalesce({{ fhir_text(path ~ '.text') }}, {{ fhir_text(path ~ '.coding[0].display') }}, {{ fhir_text(path ~ '.coding[0].code') }})
{%- endmacro %}

{# A whole FHIR date; a partial one (`1985`, `1985-04`) is null, never a guess. #}
{% macro fhir_date(text) -%}
    case when {{ text }} ~ '^\d{4}-\d{2}-\d{2}' then left({{ text }}, 10)::date end
{%- endmacro %}

{# A FHIR dateTime or instant; a date alone is its midnight in UTC, a partial date is null. #}
{% macro fhir_instant(text) -%}
    case
        when {{ text }} ~ '^\d{4}-\d{2}-\d{2}T' then ({{ text }})::timestamptz
        when {{ text }} ~ '^\d{4}-\d{2}-\d{2}$' then ({{ text }} || 'T00:00:00Z')::timestamptz
    end
{%- endmacro %}

{# A telephone number or e-mail: the one of the wanted use, else the first of the system. #}
{% macro fhir_telecom(system, use) -%}
    coalesce(
        {{ fhir_text('$.telecom[*] ? (@.system == "' ~ system ~ '" && @.use == "' ~ use ~ '").value') }},
        {{ fhir_text('$.telecom[*] ? (@.system == "' ~ system ~ '").value') }}
    )
{%- endmacro %}

{# A person's official name, else the first one that has a family name. #}
{% macro fhir_name(part) -%}
    coalesce(
        {{ fhir_text('$.name[*] ? (@.use == "official").' ~ part) }},
        {{ fhir_text('$.name[*] ? (exists (@.family)).' ~ part) }},
        {{ fhir_text('$.name[0].' ~ part) }}
    )
{%- endmacro %}

{# What every staging model ends with: which version of the resource this is. #}
{% macro fhir_version() -%}
    resource #>> '{meta,versionId}' as version_id,
    {{ fhir_instant("resource #>> '{meta,lastUpdated}'") }} as updated_at
{%- endmacro %}
