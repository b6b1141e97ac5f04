{# Days, counted in the template. #}

{% macro day(text) %}{{ return(modules.datetime.datetime.strptime(text, '%Y-%m-%d').date()) }}{% endmacro %}

{% macro days_between(first, last) %}
    {%- set days = [] -%}
    {%- for offset in range((day(last) - day(first)).days + 1) -%}{%- do days.append(day(first) + modules.datetime.timedelta(days=offset)) -%}{%- endfor -%}
    {{ return(days) }}
{% endmacro %}

{% macro working_days(first, last) %}{{ return(count_working(days_between(first, last))) }}{% endmacro %}

{% macro count_working(days) %}
    {%- set state = namespace(count=0) -%}
    {%- for one in days if one.weekday() < 5 -%}{%- set state.count = state.count + 1 -%}{%- endfor -%}
    {{ return(state.count) }}
{% endmacro %}

{% macro month_end(text) %}
    {%- set next_month = day(text).replace(day=28) + modules.datetime.timedelta(days=4) -%}
    {{ return(next_month - modules.datetime.timedelta(days=next_month.day)) }}
{% endmacro %}

{% macro age(born, on) %}
    {%- set b, o = day(born), day(on) -%}
    {{ return(o.year - b.year - (1 if (o.month, o.day) < (b.month, b.day) else 0)) }}
{% endmacro %}

{% macro shifts(hours) %}
    {%- for start in range(0, 24, hours) -%}
        {{ toolbox.pad(start, 2) }}-{{ toolbox.pad(start + hours, 2) }}{{ '|' if not loop.last }}
    {%- endfor -%}
{% endmacro %}
