select {{ banded('points') }} as band, count(*) as visits, {{ dbt.listagg('id::text', "'+'", 'order by id') }} as ids
from {{ ref('visits') }}
group by 1
