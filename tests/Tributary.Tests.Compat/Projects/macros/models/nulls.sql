-- depends_on: {{ ref('visits') }}
{{ nulls_of(ref('visits')) if execute else 'select 1 as n' }}
