select
    o.resource ->> 'id' as id,
    split_part(o.resource -> 'subject' ->> 'reference', '/', 2) as patient_id,
    o.resource ->> 'effectiveDateTime' as effective,
    jsonb_path_query_first(c.item, '$.code.coding[*] ? (@.system == "http://loinc.org").code') #>> '{}' as code,
    (c.item -> 'valueQuantity' ->> 'value')::numeric as value,
    c.item -> 'valueQuantity' ->> 'unit' as unit
from bench.observation as o
cross join lateral jsonb_path_query(o.resource, '$.component[*]') as c(item)
