-- What the model's rows say on the day of the run: one row for each organization and dimension value that the model holds.
-- The days before stay as they were written; a run for an earlier day than the last one writes nothing.
with source as (
    select
        s.*,
        <<organization>> as __organization,
        <<dimension_column>> as __dimension
    from {{ ref(<<model>>) }} as s
),
known as (
    select source.*, row(__organization, __dimension)::text as __series from source<<known_filter>>
),
days as (
    select distinct __series, __organization, __dimension, <<last>> as __day from known
),
results as (
    select
        __series,
        <<value>> as __value,
        <<cell>> as __cell
    from known<<filter>>
    group by __series
)
select
    <<columns>>
from days as d
left join results as r on r.__series = d.__series
{% if is_incremental() %}
where not exists (select from {{ this }} as later where later.period_date > <<last>>)
{% endif %}
