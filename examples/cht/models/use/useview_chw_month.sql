-- What each health worker reported in each month, and the targets of that month. Reports of a wrong clock have no month.
with reports as (
    select
        contact_uuid as chw_uuid,
        to_char({{ local_day('reported') }}, 'YYYY-MM') as month,
        count(*) as reports,
        count(*) filter (where by_sms) as by_sms,
        count(*) filter (where from_task) as from_tasks
    from {{ ref('data_record') }}
    where contact_uuid is not null and reported between '2010-01-01' and {{ as_of }} + interval '1 day'
    group by 1, 2
),

targets as (
    select owner_uuid as chw_uuid, period as month, sum(pass) as target_pass, sum(total) as target_total
    from {{ ref('target') }}
    group by 1, 2
)

select
    chw_uuid,
    contact.name as chw,
    month,
    coalesce(reports.reports, 0) as reports,
    coalesce(reports.by_sms, 0) as by_sms,
    coalesce(reports.from_tasks, 0) as from_tasks,
    targets.target_pass,
    targets.target_total
from reports
full join targets using (chw_uuid, month)
left join {{ ref('contact') }} as contact on contact.uuid = chw_uuid
