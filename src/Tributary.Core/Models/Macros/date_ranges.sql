{# Days as lists and texts, computed in the template. #}

{# Every day from one date to another, both included, written in the same format or in another. #}
{% macro dates_in_range(start_date_str, end_date_str=none, in_fmt='%Y%m%d', out_fmt='%Y%m%d') -%}
    {%- set first = convert_datetime(start_date_str, in_fmt) -%}
    {%- set last = convert_datetime(start_date_str if end_date_str is none else end_date_str, in_fmt) -%}
    {%- set days = (last - first).days + 1 -%}
    {%- if days <= 0 -%}
        {%- do exceptions.raise_compiler_error('the range of dates ' ~ start_date_str ~ ' to ' ~ end_date_str ~ ' ends before it begins') -%}
    {%- endif -%}
    {%- set dates = [] -%}
    {%- for day in range(days) -%}
        {%- do dates.append((first + modules.datetime.timedelta(days=day)).strftime(out_fmt)) -%}
    {%- endfor -%}
    {{ return(dates) }}
{%- endmacro %}

{# 'from,to' or one day, or none at all. #}
{% macro partition_range(raw_partition_date, date_fmt='%Y%m%d') -%}
    {%- set parts = (raw_partition_date | string).split(',') -%}
    {%- if parts | length > 2 -%}
        {%- do exceptions.raise_compiler_error("a partition is a date or 'from,to', not " ~ raw_partition_date) -%}
    {%- endif -%}
    {{ return(dates_in_range(parts[0], parts[1] if parts | length == 2 else none, in_fmt=date_fmt)) }}
{%- endmacro %}

{% macro py_current_timestring() -%}
    {{ return(modules.datetime.datetime.now().strftime('%Y%m%d%H%M%S%f')) }}
{%- endmacro %}
