-- One row a measured value: the components of a panel (systolic and diastolic pressure) are rows of their own.
with observations as (
    select * from {{ ref('stg_observation') }}
    where status is distinct from 'entered-in-error'
),

valued as (
    select
        observation_id,
        0 as component,
        code,
        display,
        value_number,
        value_unit,
        value_display,
        value_text
    from observations
    where coalesce(jsonb_array_length(components), 0) = 0

    union all

    select
        observations.observation_id,
        part.position::integer,
        part.value #>> '{code,coding,0,code}',
        coalesce(part.value #>> '{code,text}', part.value #>> '{code,coding,0,display}'),
        (part.value #>> '{valueQuantity,value}')::numeric,
        part.value #>> '{valueQuantity,unit}',
        part.value #>> '{valueCodeableConcept,text}',
        part.value ->> 'valueString'
    from observations
    cross join lateral jsonb_array_elements(observations.components) with ordinality as part (value, position)
)

select
    valued.observation_id || '/' || valued.component as observation_key,
    valued.observation_id,
    valued.component,
    observations.patient_id,
    observations.encounter_id,
    observations.practitioner_id,
    patient.organization_id,
    observations.status,
    observations.category,
    valued.code,
    valued.display,
    observations.observed_at,
    valued.value_number,
    valued.value_unit,
    valued.value_display,
    valued.value_text
from valued
join observations using (observation_id)
left join {{ ref('stg_patient') }} as patient using (patient_id)
