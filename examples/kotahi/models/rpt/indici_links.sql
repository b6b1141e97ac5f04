{{ config(indexes=[{'columns': ['clientid']}, {'columns': ['patientid']}]) }}
-- Clients and the practice system's patients, joined by a valid NHI number; whoever has no partner is listed too, with the reason.
with patients as (
    select
        patientid, practice, enrolleddate, nullif(upper(regexp_replace(nhi, '\s', '', 'g')), '') as cleaned
    from {{ source('indici', 'patients') }}
),
checked as (
    select *, {{ nhi_form('cleaned') }} as nhi_form from patients
)
select
    c.clientid, p.patientid, coalesce(c.nhi, p.cleaned) as nhi, p.practice, p.enrolleddate,
    case
        when c.clientid is not null and p.patientid is not null then case when c.is_primary then 'linked' else 'linked, shared number' end
        when p.patientid is null then case c.nhi_state when 'missing' then 'client without number' when 'invalid' then 'client with invalid number' else 'client not in Indici' end
        when p.cleaned is null then 'patient without number'
        when p.nhi_form is null then 'patient with invalid number'
        else 'patient not in Kotahi'
    end as link
from {{ ref('client_nhi') }} as c
full join checked as p on c.nhi = case when p.nhi_form is not null then p.cleaned end
