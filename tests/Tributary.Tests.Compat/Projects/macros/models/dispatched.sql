{{ toolbox.rows_of({
    'describe': toolbox.describe('bed'),
    'of the toolbox': toolbox.default__describe('bed'),
    'unit': toolbox.unit(3),
    'greet': toolbox.greet('ada'),
    'relation': ref('visits', full=false),
}) }}
union all
select 6, 'concat', {{ dbt.concat(["'a'", "'b'"]) }}
