-- Counts some metrics once more, straight from the marts: those of a day summed over all days, those since the beginning on the last day.
with expected as (
    select 'client_encounters' as metric_id, count(distinct (started_on, organization_id, patient_id)) as value
    from {{ ref('encounters') }}
    where took_place and patient_id is not null and started_on <= {{ local_day(as_of) }}

    union all

    select 'encounters_by_delivery_format', count(*)
    from {{ ref('encounter_delivery_formats') }}
    where delivery_format is not null and started_on <= {{ local_day(as_of) }}

    union all

    select 'phq9_positive_screens', count(*)
    from {{ ref('phq9_scores') }}
    where at_or_above_cut and authored_on <= {{ local_day(as_of) }}

    union all

    select 'clients_eligible_ipc', count(distinct (organization_id, patient_id))
    from {{ ref('qr_mw_tool') }}
    where no_mental_problem is false and patient_id is not null and {{ local_day('authored') }} <= {{ local_day(as_of) }}

    union all

    select 'clients_accepted_fws', count(distinct (organization_id, patient_id))
    from {{ ref('qr_planning_next_steps') }}
    where lower(accepts_fws) = 'yes' and patient_id is not null and {{ local_day('authored') }} <= {{ local_day(as_of) }}
),

found as (
    select metric_id, sum(value) as value
    from {{ ref('fct_metrics_long') }}
    where metric_id in ('client_encounters', 'encounters_by_delivery_format', 'phq9_positive_screens')
        or (metric_id in ('clients_eligible_ipc', 'clients_accepted_fws') and period_date = {{ local_day(as_of) }})
    group by metric_id
)

select metric_id, expected.value as expected, found.value as found
from expected
full join found using (metric_id)
where coalesce(expected.value, 0) <> coalesce(found.value, 0)
