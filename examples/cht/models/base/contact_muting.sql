-- Each time that a contact was muted or unmuted, as sentinel recorded it.
select
    doc ->> 'doc_id' as uuid,
    (entry ->> 'muted')::boolean as muted,
    (entry ->> 'date')::timestamptz as at,
    entry ->> 'report_id' as report_uuid,
    lead((entry ->> 'date')::timestamptz) over (partition by doc ->> 'doc_id' order by (entry ->> 'date')::timestamptz) as until
from {{ ref('stg_sentinel') }}
cross join lateral jsonb_array_elements(doc -> 'muting_history') as entry
where doc ->> 'type' = 'info' and jsonb_typeof(doc -> 'muting_history') = 'array'
    and entry ->> 'date' ~ '^\d{4}-\d\d-\d\dT' and entry ->> 'muted' in ('true', 'false')
