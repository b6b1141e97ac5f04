{# FHIR ids are 1 to 64 letters, digits, dots and hyphens. #}
{% test fhir_id(model, column_name) %}

select length({{ column_name }}) as length_of_bad_id
from {{ model }}
where {{ column_name }} !~ '^[A-Za-z0-9.-]{1,64}$'

{% endtest %}
