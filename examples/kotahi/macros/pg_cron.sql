{#
    The jobs for those who keep pg_cron:  tributary run-operation pg_cron  prints them, in the order of the clock.

    A materialized view says when by config.meta.tributary.schedule ('45 0 * * *': minute and hour, every day) in the project's zone. pg_cron
    counts in GMT, and the zone's distance from it changes twice a year: so a job runs at the minute of every hour, and refreshes when the zone's clock shows the hour.
#}
{% macro pg_cron() -%}
    {%- set zone = var('zone') -%}
    {%- set jobs = [] -%}
    {%- for node in graph.nodes.values() if node.resource_type == 'model' and node.config.materialized == 'materialized_view' -%}
        {%- set schedule = ((node.config.meta or {}).get('tributary') or {}).get('schedule') -%}
        {%- if schedule -%}
            {%- set parts = schedule.split() -%}
            {%- if parts | length != 5 or not modules.re.match('^[0-9]+ [0-9]+ [*] [*] [*]$', schedule) or parts[0] | int > 59 or parts[1] | int > 23 -%}
                {{ exceptions.raise_compiler_error(node.name ~ ": the schedule '" ~ schedule ~ "' is no daily one; expected minute hour * * *, such as 45 0 * * *") }}
            {%- endif -%}
            {%- do jobs.append((parts[1] | int * 60 + parts[0] | int, node.name, adapter.quote(node.schema) ~ '.' ~ adapter.quote(node.alias), parts[0] | int, parts[1] | int)) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- do print("-- " ~ zone ~ "; pg_cron counts in GMT. Run as the owner of the views, in the database in which pg_cron is installed.") -%}
    {%- for minutes, name, relation, minute, hour in jobs | sort -%}
        {%- do print("select cron.schedule(" ~ dbt.string_literal('refresh ' ~ name) ~ ", '" ~ minute ~ " * * * *', $job$") -%}
        {%- do print("    do $do$ begin if extract(hour from now() at time zone " ~ dbt.string_literal(zone) ~ ") = " ~ hour ~ " then") -%}
        {%- do print("        refresh materialized view concurrently " ~ relation ~ ";") -%}
        {%- do print("    end if; end $do$$job$);") -%}
    {%- endfor -%}
{%- endmacro %}
