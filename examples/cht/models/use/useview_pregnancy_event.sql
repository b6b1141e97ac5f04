{{ config(materialized='view') }}
-- What is reported between a pregnancy's registration and the weeks after its end, one row a report.
{% for form, kind, signs in [
    ('pregnancy_home_visit', 'visit', true), ('pregnancy_facility_visit_reminder', 'reminder', false), ('pregnancy_danger_sign', 'danger', true),
    ('pregnancy_danger_sign_follow_up', 'follow_up', false), ('pnc_danger_sign_follow_up_mother', 'postnatal', true), ('pnc_danger_sign_follow_up_baby', 'postnatal_baby', true)] -%}
{% if not loop.first %}union all
{% endif -%}
select form.uuid, '{{ form }}' as form, '{{ kind }}' as kind, subject.patient_uuid, form.reported, form.contact_uuid as reported_by, {{ 'form.danger_signs' if signs else 'null::text[]' }} as danger_signs
from {{ ref('formview_' ~ form) }} as form
join {{ ref('report_subject') }} as subject using (uuid)
{% endfor %}
