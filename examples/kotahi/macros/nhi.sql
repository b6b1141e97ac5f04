{#
    The form of an NHI number, checked: 'old' (AAANNNC, modulus 11), 'new' (AAANNAX, modulus 23, HISO 10046:2023), or null when it is neither.
    The variable nhi_draft24 also lets pass what an earlier draft of the standard made by modulus 24, as 'draft24': for data of programs that still do.
    Letters are A to Z without I and O, A = 1; the first six characters weigh 7 to 2.
#}
{% macro nhi_form(nhi, draft24=none) -%}
    {%- set by_draft = var('nhi_draft24', false) if draft24 is none else draft24 -%}
    {%- if by_draft and draft24 is none and execute -%}{%- do exceptions.warn('nhi_draft24: numbers by modulus 24 pass, which HISO 10046:2023 does not know') -%}{%- endif -%}
    case
        when {{ nhi }} ~ '^[A-HJ-NP-Z]{3}[0-9]{4}$' then
            case when {{ nhi_sum(nhi) }} % 11 <> 0 and substr({{ nhi }}, 7, 1)::int = (11 - {{ nhi_sum(nhi) }} % 11) % 10 then 'old' end
        when {{ nhi }} ~ '^[A-HJ-NP-Z]{3}[0-9]{2}[A-HJ-NP-Z]{2}$' then
            case when substr({{ nhi }}, 7, 1) = substr('ABCDEFGHJKLMNPQRSTUVWXYZ', 23 - {{ nhi_sum(nhi) }} % 23, 1) then 'new'
                {%- if by_draft %} when substr({{ nhi }}, 7, 1) = substr('ABCDEFGHJKLMNPQRSTUVWXYZ', 24 - {{ nhi_sum(nhi) }} % 24, 1) then 'draft24'{% endif %} end
    end
{%- endmacro %}

{% macro nhi_sum(nhi) -%}
    (
    {%- for i in range(1, 7) -%}
        {%- if i > 1 %} + {% endif -%}
        {{ 8 - i }} * {% if i <= 3 %}strpos('ABCDEFGHJKLMNPQRSTUVWXYZ', substr({{ nhi }}, {{ i }}, 1))
        {%- elif i <= 5 %}substr({{ nhi }}, {{ i }}, 1)::int
        {%- else %}case when substr({{ nhi }}, 6, 1) ~ '[0-9]' then ascii(substr({{ nhi }}, 6, 1)) - 48 else strpos('ABCDEFGHJKLMNPQRSTUVWXYZ', substr({{ nhi }}, 6, 1)) end
        {%- endif -%}
    {%- endfor -%}
    )
{%- endmacro %}
