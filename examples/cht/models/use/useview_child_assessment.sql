{{ config(indexes=[{'columns': ['uuid'], 'unique': true}]) }}
select
    form.uuid,
    subject.patient_uuid,
    form.reported,
    form.contact_uuid as reported_by,
    form.patient_age_in_months,
    form.muac,
    form.symptoms,
    'fever' = any (form.symptoms) as has_fever,
    'cough' = any (form.symptoms) as has_cough,
    'diarrhoea' = any (form.symptoms) as has_diarrhoea,
    form.fever_days,
    form.malaria_test,
    (select count(*) from {{ ref('formview_child_assessment_treatments') }} as treatment where treatment.uuid = form.uuid) as treatments
from {{ ref('formview_child_assessment') }} as form
join {{ ref('report_subject') }} as subject using (uuid)
