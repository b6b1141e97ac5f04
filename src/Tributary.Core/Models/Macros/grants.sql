{# Privileges that a model's `grants` configuration asks for: {'select': ['reader']}. #}

{% macro apply_grants(relation, grant_config, should_revoke=true) -%}
    {{ return(adapter.dispatch('apply_grants', 'dbt')(relation, grant_config, should_revoke)) }}
{%- endmacro %}

{% macro default__apply_grants(relation, grant_config, should_revoke=true) -%}
    {%- if grant_config -%}
        {%- set current = adapter.get_grants(relation) if should_revoke else {} -%}
        {%- set statements = [] -%}
        {%- for privilege, grantees in current.items() -%}
            {%- for grantee in grantees if grantee not in (grant_config.get(privilege) or []) -%}
                {%- do statements.append('revoke ' ~ privilege ~ ' on ' ~ relation ~ ' from ' ~ adapter.quote(grantee)) -%}
            {%- endfor -%}
        {%- endfor -%}
        {%- for privilege, wanted in grant_config.items() -%}
            {%- for grantee in ([wanted] if wanted is string else wanted) if grantee not in current.get(privilege, []) -%}
                {%- do statements.append('grant ' ~ privilege ~ ' on ' ~ relation ~ ' to ' ~ adapter.quote(grantee)) -%}
            {%- endfor -%}
        {%- endfor -%}
        {%- if statements -%}
            {%- do run_query(statements | join(';\n')) -%}
        {%- endif -%}
    {%- endif -%}
{%- endmacro %}

{% macro should_revoke(existing_relation, full_refresh_mode=true) -%}
    {{ return(existing_relation is not none) }}
{%- endmacro %}
