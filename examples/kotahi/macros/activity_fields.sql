{#
    CustomJSONData by declaration: seeds/activity_fields.csv says which fields a type of activity has, what they were called before, and
    whether they may leave the raw schema. What it does not name stays there: new types and new fields are denied until somebody decides.
#}

{# The declared fields as [{activitytypeid, name, path, type, aliases, since, until}]; none while the project is only parsed. #}
{% macro activity_fields(where='true') -%}
    {%- set fields = [] -%}
    {%- set declared = ref('activity_fields') -%}
    {%- if execute -%}
        {%- for row in run_query("select activitytypeid, name, path, type, aliases, since::text, until::text from " ~ declared ~ " where share = 'open' and " ~ where ~ " order by activitytypeid, name").rows -%}
            {%- do fields.append({'activitytypeid': row[0], 'name': row[1], 'path': row[2], 'type': row[3], 'aliases': (row[4] or '').split(' ') | select | list, 'since': row[5], 'until': row[6]}) -%}
        {%- endfor -%}
    {%- endif -%}
    {{ return(fields) }}
{%- endmacro %}

{# A field's text in a document, under its name or an older one; blank is nothing. With a day the name counts from `since` on only; older names are older. #}
{% macro field_text(document, field, day=none) -%}
    {%- set paths = [field.path] + field.aliases -%}
    nullif(trim({% if paths | length > 1 %}coalesce({% endif %}
    {%- for path in paths -%}
        {%- set text = document ~ ' #>> ' ~ dbt.string_literal('{' ~ path | replace('.', ',') ~ '}') -%}
        {%- if loop.first and day and field.since %}case when {{ day }} < '{{ field.since }}' then null else {{ text }} end{% else %}{{ text }}{% endif %}{{ ', ' if not loop.last }}
    {%- endfor -%}
    {% if paths | length > 1 %}){% endif %}), '')
{%- endmacro %}

{# A field's value in its declared type, or null. #}
{% macro field_value(document, field, day=none) -%}
    {%- set text = field_text(document, field, day) -%}
    {%- if field.type == 'date' -%}{{ as_date(text) }}
    {%- elif field.type == 'number' -%}{{ as_number(text) }}
    {%- elif field.type == 'boolean' -%}{{ as_boolean(text) }}
    {%- elif field.type == 'json' -%}{{ document }} #> {{ dbt.string_literal('{' ~ field.path | replace('.', ',') ~ '}') }}
    {%- elif field.type == 'text' -%}{{ text }}
    {%- else -%}{{ exceptions.raise_compiler_error("seeds/activity_fields.csv: type '" ~ field.type ~ "' of " ~ field.name ~ " is none of text, date, number, boolean, json") }}
    {%- endif -%}
{%- endmacro %}

{# … and only on the days on which the field is meant: what stands there before `since` or after `until` is something else, and stays. #}
{% macro field_on(day, document, field) -%}
    {%- set is_json = field.type == 'json' and field.since -%}
    {%- if is_json or field.until -%}
    case when {{ day }} {{ "< '" ~ field.since ~ "'" if is_json }}{{ ' or ' ~ day if is_json and field.until }}{{ " > '" ~ field.until ~ "'" if field.until }} then null else {{ field_value(document, field, day) }} end
    {%- else -%}{{ field_value(document, field, day) }}{%- endif -%}
{%- endmacro %}

{# The document with its open fields alone, under their names of today and in their types, each on its days. #}
{% macro open_fields(type, document, day) -%}
    {%- set by_type = {} -%}
    {%- for field in activity_fields() -%}{%- do by_type.setdefault(field.activitytypeid, []).append(field) -%}{%- endfor -%}
    case {{ type }}
    {%- for id, fields in by_type.items() %}
        when {{ id }} then jsonb_strip_nulls(jsonb_build_object(
        {%- for field in fields %}
            {{ dbt.string_literal(field.name) }}, {{ field_on(day, document, field) }}{{ ',' if not loop.last }}
        {%- endfor %}))
    {%- endfor %}
        when null then null
        else '{}'::jsonb
    end
{%- endmacro %}

{# A type's activities with a typed column for each of its open fields. #}
{% macro activity_type_view(type) -%}
    select
        activityid, clientid, serviceid, userid, activitydate, entereddate, durationminutes, status
    {%- for field in activity_fields('activitytypeid = ' ~ type) %},
        {% if field.type == 'json' %}customfielddatajson -> {{ dbt.string_literal(field.name) }}
        {%- else %}(customfielddatajson ->> {{ dbt.string_literal(field.name) }})::{{ {'number': 'numeric'}.get(field.type, field.type) }}
        {%- endif %} as {{ adapter.quote(modules.re.sub('(?<=[a-z0-9])(?=[A-Z])', '_', field.name) | lower) }}
    {%- endfor %}
    from {{ ref('activities') }}
    where activitytypeid = {{ type }}
{%- endmacro %}
