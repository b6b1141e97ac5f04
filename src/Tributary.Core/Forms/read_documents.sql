-- Documents that define forms and came after load $1; an attachment of more than $2 characters is left out.
select <<id>>,
       <<document>> ->> 'internalId',
       case when length(<<document>> #>> '{_attachments,xml,data}') <= $2 then <<document>> #>> '{_attachments,xml,data}' end,
       case when <<id>> = 'settings' then <<document>>::text end,
       coalesce(<<document>> #>> '{_attachments,xml,stub}' = 'true', false)
from <<table>>
where <<own>> and _load > $1 and _deleted is not true and (<<id>> like 'form:%' or <<id>> = 'settings')
order by _load, <<id>>
