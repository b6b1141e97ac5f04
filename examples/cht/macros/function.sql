{#
    A function of the warehouse as a node of the graph: functions/NAME.sql holds the expression, its configuration what goes in and comes out. What calls it
    says {{ ref('NAME') }}(…), so it is made before, and everything that uses it is built anew when its body changes.

        {{ config(arguments='value text', returns='date') }}
        select …
#}
{% materialization function, default %}
    {%- set made = this.incorporate(type='view') -%}
    {%- do run_hooks(pre_hooks, inside_transaction=true) -%}
    {%- call statement('main') -%}
        create or replace function {{ made.without_identifier() }}.{{ adapter.quote(made.identifier) }}({{ config.get('arguments', '') }}) returns {{ config.require('returns') }}
        language {{ config.get('language', 'sql') }} {{ config.get('volatility', 'immutable') }} parallel {{ 'unsafe' if config.get('volatility') == 'volatile' else 'safe' }}
        as $function$ {{ sql }} $function$
    {%- endcall -%}
    {%- do run_hooks(post_hooks, inside_transaction=true) -%}
    {{ return({'relations': []}) }}
{% endmaterialization %}
