{# Constraints of columns and of models in PostgreSQL's words. All kinds are supported and enforced, so that there is nothing to warn of. #}

{% macro render_raw_columns_constraints(raw_columns) -%}
    {%- set rendered = [] -%}
    {%- for column in raw_columns.values() -%}
        {%- set parts = [contract_column_name(column), contract_data_type(column)] -%}
        {%- for constraint in column.get('constraints') or [] -%}
            {%- do parts.append(render_column_constraint(constraint)) -%}
        {%- endfor -%}
        {%- do rendered.append(parts | select | join(' ')) -%}
    {%- endfor -%}
    {{ return(rendered) }}
{%- endmacro %}

{% macro render_column_constraint(constraint) -%}
    {%- set expression = constraint.get('expression') or '' -%}
    {%- set word = {'not_null': 'not null', 'unique': 'unique', 'primary_key': 'primary key'}.get(constraint.type) -%}
    {%- if word -%}
        {%- do return((word ~ ' ' ~ expression) | trim) -%}
    {%- elif constraint.type == 'check' and expression -%}
        {%- do return('check (' ~ expression ~ ')') -%}
    {%- elif constraint.type == 'foreign_key' -%}
        {%- do return(constraint_references(constraint)) -%}
    {%- elif constraint.type == 'custom' -%}
        {%- do return(expression) -%}
    {%- endif -%}
    {{ return('') }}
{%- endmacro %}

{% macro render_raw_model_constraints(raw_constraints) -%}
    {%- set rendered = [] -%}
    {%- for constraint in raw_constraints or [] -%}
        {%- do rendered.append(render_model_constraint(constraint)) -%}
    {%- endfor -%}
    {{ return(rendered | select | list) }}
{%- endmacro %}

{% macro render_model_constraint(constraint) -%}
    {%- set expression = constraint.get('expression') or '' -%}
    {%- set prefix = 'constraint ' ~ constraint.name ~ ' ' if constraint.get('name') else '' -%}
    {%- set columns = '(' ~ (constraint.get('columns') or []) | join(', ') ~ ')' -%}
    {%- if constraint.type == 'check' and expression -%}
        {%- do return(prefix ~ 'check (' ~ expression ~ ')') -%}
    {%- elif constraint.type == 'unique' -%}
        {%- do return(prefix ~ 'unique ' ~ (expression ~ ' ' if expression) ~ columns) -%}
    {%- elif constraint.type == 'primary_key' -%}
        {%- do return(prefix ~ 'primary key ' ~ (expression ~ ' ' if expression) ~ columns) -%}
    {%- elif constraint.type == 'foreign_key' and constraint_references(constraint) -%}
        {%- do return(prefix ~ 'foreign key ' ~ columns ~ ' ' ~ constraint_references(constraint)) -%}
    {%- elif constraint.type == 'custom' and expression -%}
        {%- do return(prefix ~ expression) -%}
    {%- endif -%}
    {{ return('') }}
{%- endmacro %}

{# What a foreign key refers to: `to` and `to_columns`, or an expression. #}
{% macro constraint_references(constraint) -%}
    {%- set to = constraint.get('to') -%}
    {%- if to and constraint.get('to_columns') -%}
        {%- set target = render('{{ ' ~ to ~ '.render() }}') if '(' in to else to -%}
        {%- do return('references ' ~ target ~ ' (' ~ constraint.to_columns | join(', ') ~ ')') -%}
    {%- endif -%}
    {{ return('references ' ~ constraint.expression if constraint.get('expression') else '') }}
{%- endmacro %}
