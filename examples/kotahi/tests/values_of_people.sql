-- What people type becomes a value of its type, or nothing; rows are what came out otherwise.
with typed (text, day, number) as (
    values
        ('2026-03-01', '2026-03-01'::date, null::numeric), ('01/03/2026', '2026-03-01', null), ('2026-03-01T10:00:00', '2026-03-01', null),
        ('2024-02-29', '2024-02-29', null), ('2026-02-29', null, null), ('2000-02-29', '2000-02-29', null), ('1900-02-29', null, null),
        ('31/04/2026', null, null), ('2026-13-01', null, null), ('N/A', null, null), ('', null, null), ('2026-03-011', null, null),
        ('1,200.50', null, 1200.50), ('$3', null, 3), ('-4.25', null, -4.25), ('1.2.3', null, null), ('12 kg', null, null), ('1e5', null, null)
)
select *
from typed
where {{ as_date('text') }} is distinct from day or {{ as_number('text') }} is distinct from number
