{%- set listed -%}
    {%- call(word, index) toolbox.each(['north', 'south']) -%}{{ index }}:{{ word | capitalize }}{%- endcall -%}
{%- endset -%}
{%- set nested -%}
    {%- call toolbox.wrapped('[', ']') -%}{%- call toolbox.twice() -%}ab{%- endcall -%}{%- endcall -%}
{%- endset -%}
{{ toolbox.rows_of({
    'slug': toolbox.slug(' Ward 7 (North) '),
    'reversed': toolbox.reversed_text('ward'),
    'palindrome': toolbox.is_palindrome('Never odd or even'),
    'no palindrome': toolbox.is_palindrome('ward'),
    'padded': toolbox.pad(42, 5),
    'initials': toolbox.initials('ada maria lovelace'),
    'listed': listed,
    'nested': nested,
    'literals': [toolbox.literal(none), toolbox.literal(true), toolbox.literal(1.5), toolbox.literal("it's"), toolbox.literal([1])] | join(' '),
    'drawn': drawn(organisation()),
    'leaves': leaves(organisation()) | join('+'),
    'shifts': shifts(8),
    'working days': working_days('2024-01-01', '2024-01-07'),
    'month end': month_end('2024-02-10'),
    'age': age('2000-02-29', '2024-02-28'),
    'days': days_between('2023-12-31', '2024-01-01') | join(' '),
}) }}
