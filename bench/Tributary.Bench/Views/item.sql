select
    r.resource ->> 'id' as id,
    i.item ->> 'linkId' as link_id,
    i.item ->> 'text' as text,
    jsonb_path_query_first(i.item, '$.answer[*].valueString') #>> '{}' as answer
from bench.response as r
cross join lateral jsonb_path_query(r.resource, 'strict $.**.item[*]') as i(item)
