-- Each step is taken once: a document is read out of the table, its answers out of the document, and their values out of the answers.
with reports as materialized (
    select
<<report_columns>>        raw.<<document>> -> 'fields' as fields
    from <<changes>> as raw
    where raw.<<document>> ->> 'type' = 'data_record' and raw.<<document>> ->> 'form' = <<form>>
),

answers as materialized (
    select
<<kept>><<answers>>        tributary.form_rest(fields, <<known>>) as rest
    from <<entries>>
),

typed as materialized (
    select
        *<<typed>>
    from answers
)

select
<<kept>><<columns>>    rest as "_unknown",
    <<errors>> as "_errors"
from typed
