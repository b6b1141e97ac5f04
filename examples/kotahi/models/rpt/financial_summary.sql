-- Sums of the fields that reports add up, by month and type of activity.
select 'requests' as item, date_trunc('month', entereddate)::date as month, count(*) as activities, count(request_amount_total) as amounts, sum(request_amount_total) as total
from {{ ref('activity_whanau_ora_request') }}
where status is distinct from 'Cancelled'
group by month
union all
select 'debt', date_trunc('month', entereddate)::date as month, count(*), count(debt_total), sum(debt_total)
from {{ ref('activity_financial_summary') }}
where status is distinct from 'Cancelled'
group by month
