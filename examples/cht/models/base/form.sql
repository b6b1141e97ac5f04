{{ config(materialized='view') }}
-- The app's forms, and the SMS forms of the settings.
select
    doc ->> 'internalId' as form,
    case jsonb_typeof(doc -> 'title')
        when 'array' then coalesce(jsonb_path_query_first(doc, '$.title[*] ? (@.locale == "en").content'), doc #> '{title,0,content}') #>> '{}'
        else doc ->> 'title'
    end as title,
    'app' as kind,
    {{ ref('as_moment') }}(doc #>> '{xmlVersion,time}') as version
from {{ ref('stg_medic') }}
where doc ->> 'type' = 'form'
union all
select sms.key, coalesce(sms.value #>> '{meta,label,en}', sms.key), 'sms', null
from {{ ref('stg_medic') }}
cross join lateral jsonb_each(case jsonb_typeof(doc #> '{settings,forms}') when 'object' then doc #> '{settings,forms}' else '{}' end) as sms
where uuid = 'settings'
