select
    resource ->> 'id' as id,
    (resource ->> 'active')::boolean as active,
    resource ->> 'gender' as gender,
    resource ->> 'birthDate' as birth_date,
    jsonb_path_query_first(resource, '$.name[*] ? (@.use == "official").family') #>> '{}' as family,
    jsonb_path_query_first(resource, '$.name[*] ? (@.use == "official").given[*]') #>> '{}' as given,
    jsonb_path_query_first(resource, '$.telecom[*] ? (@.system == "phone").value') #>> '{}' as phone,
    jsonb_path_query_first(resource, '$.address[*].city') #>> '{}' as city,
    split_part(resource -> 'managingOrganization' ->> 'reference', '/', 2) as organization_id
from bench.patient
