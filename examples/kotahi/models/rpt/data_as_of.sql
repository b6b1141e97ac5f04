{{ config(materialized='view') }}
-- How old what is shown is: the newest drop that changed each of the datasets that reports are made of, and the day they are made for.
-- `tributary drops list` shows every drop, the held ones too.
{% set datasets = ['activities', 'clients', 'clientservicestatus', 'clientrelationships', 'hauoraassessments', 'hauoragoals'] %}
{% for name in datasets %}
select '{{ name }}' as dataset, max(_dropped_at) as changed_by_drop_of, (select day from {{ ref('report_day') }}) as reported_for from {{ source('karo', name) }}
{{ 'union all' if not loop.last }}
{%- endfor %}
