{{ config(indexes=[{'columns': ['uuid'], 'unique': true}]) }}
select
    form.uuid,
    subject.patient_uuid,
    form.reported,
    form.contact_uuid as reported_by,
    form.patient_age_in_months,
    form.muac,
    form.symptoms,
    form.symptoms ~ '\mfever\M' as has_fever,
    form.symptoms ~ '\mcough\M' as has_cough,
    form.symptoms ~ '\mdiarrhoea\M' as has_diarrhoea,
    form.fever_days,
    form.malaria_test,
    jsonb_array_length(case jsonb_typeof(form.fields -> 'treatments') when 'array' then form.fields -> 'treatments' else '[]' end) as treatments
from {{ ref('formview_child_assessment') }} as form
join {{ ref('report_subject') }} as subject using (uuid)
