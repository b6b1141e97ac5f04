{{ config(indexes=[{'columns': ['uuid'], 'unique': true}]) }}
select
    contact.uuid,
    contact.saved_timestamp,
    nullif(medic.doc ->> 'place_id', '') as place_id,
    contact.contact_id
from {{ ref('contact') }} as contact
join {{ ref('contact_type') }} as kind on kind.id = contact.contact_type and not kind.person
join {{ ref('stg_medic') }} as medic using (uuid)
