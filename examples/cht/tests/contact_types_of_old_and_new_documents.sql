-- Contacts whose type came out otherwise than their document says, in the older form or in the configurable one.
select contact.uuid
from {{ ref('contact') }} as contact
join {{ ref('stg_medic') }} as medic using (uuid)
where contact.contact_type is distinct from case medic.doc ->> 'type' when 'contact' then medic.doc ->> 'contact_type' else medic.doc ->> 'type' end
