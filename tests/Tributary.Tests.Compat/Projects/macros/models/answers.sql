-- depends_on: {{ ref('visits') }}
{% if execute %}
{%- set visits = run_query('select * from ' ~ ref('visits') ~ ' order by id') -%}
{%- set by_ward = visits.group_by('ward') -%}
{{ toolbox.rows_of({
    'columns': visits.column_names | join(','),
    'points': visits.columns['points'].values() | sum,
    'first and last': visits.rows[0]['id'] ~ ' ' ~ visits.rows[-1]['id'],
    'most points': visits.order_by('points', reverse=true).rows[0].ward is none,
    'wards': by_ward.keys() | reject('none') | sort | join(','),
    'in the north': by_ward['north'].rows | length,
    'patients': visits.distinct('patient').rows | length,
    'kept': visits.select(['id', 'note']).rows[1].dict(),
    'noted': visits.columns['note'].values_without_nulls() | join(','),
    'january': visits.columns['day'].values() | selectattr('month', 'equalto', 1) | list | length,
    'numbers': columns_like(ref('visits'), 'number') | join(','),
    'texts': columns_like(ref('visits'), 'text') | join(','),
}) }}
{% else %}
select 1 as n
{% endif %}
