-- Each client's NHI number as typed and as it should be, checked by its form. Of several clients with one number the first is its primary.
with typed as (
    select clientid, nhi as nhi_typed, nullif(upper(regexp_replace(nhi, '\s', '', 'g')), '') as cleaned from {{ source('karo', 'clients') }}
),
checked as (
    select clientid, nhi_typed, cleaned, {{ nhi_form('cleaned') }} as nhi_form from typed
)
select
    clientid, nhi_typed, case when nhi_form is not null then cleaned end as nhi, nhi_form,
    case when cleaned is null then 'missing' when nhi_form is null then 'invalid' when count(*) over (partition by cleaned) > 1 then 'shared' else 'valid' end as nhi_state,
    nhi_form is not null and row_number() over (partition by cleaned order by clientid) = 1 as is_primary
from checked
