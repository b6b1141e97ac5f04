-- What people and old versions leave in answers; rows are those that came out otherwise.
with days (value, day) as (
    values ('2025-02-28', '2025-02-28'::date), ('2024-02-29', '2024-02-29'), ('2025-02-29', null), ('2025-13-01', null), ('0000-01-01', null), ('31/02/1990', null), ('', null),
        ('NaN', null), ('2025-03-01T10:00:00.000Z', '2025-03-01'), ('2025-03-011', null), ('not known', null)
),

numbers (value, number) as (
    values ('12', 12::numeric), ('-3.50', -3.5), (' 7 ', 7), ('NaN', null), ('1e9', null), ('12345678901234567890123', 12345678901234567890123), ('', null), ('4 kg', null)
),

moments (value, moment) as (
    values ('1700000000000', '2023-11-14 22:13:20+00'::timestamptz), ('1700000000000.5', '2023-11-14 22:13:20+00'), ('yesterday', null), ('', null), ('-5', null)
)

select value from days where {{ ref('as_day') }}(value) is distinct from day
union all
select value from numbers where {{ ref('as_number') }}(value) is distinct from number
union all
select value from moments where {{ ref('as_moment') }}(value) is distinct from moment
