{#
    A table (member, component) of the connected components of a graph. The model's query gives its ties as two whole numbers a row, a and b; a
    member without a tie is a row (a, a). A component has the number of its smallest member.

    Each round every member takes the neighbour with the smallest mixed number (its own included), members that took the same one become one, and
    ties within it go. Small groups fall together in the first round, and each round leaves far fewer ties. The mixing differs by round, so
    that no numbering of the members is a bad one; the number stands below the mix, so that no two members are ever mistaken for each other.
#}
{% materialization connected_components, default %}
    {%- set target_relation = this.incorporate(type='table') -%}
    {%- set building = adapter.building_for(target_relation, load_cached_relation(this)) -%}
    {%- do run_hooks(pre_hooks, inside_transaction=false) -%}
    {%- do run_hooks(pre_hooks, inside_transaction=true) -%}
    {%- do run_query(components_begin(sql)) -%}
    {%- for round in range(1, 64) if run_query('select count(*) from components_ties').rows[0][0] > 0 -%}
        {%- do run_query(components_round(loop.index)) -%}
    {%- endfor -%}
    {%- call statement('main') -%}
        {{ get_create_table_as_sql(false, building, 'select member, min(member) over (partition by label) as component from components_members') }}
    {%- endcall -%}
    {%- do run_query('drop table components_ties, components_members') -%}
    {%- do create_indexes(building) -%}
    {%- do adapter.publish(building, target_relation) -%}
    {%- do persist_docs(target_relation, model) -%}
    {%- do apply_grants(target_relation, config.get('grants')) -%}
    {%- do run_hooks(post_hooks, inside_transaction=true) -%}
    {%- do run_hooks(post_hooks, inside_transaction=false) -%}
    {{ return({'relations': [target_relation]}) }}
{% endmaterialization %}

{# Numbers the members from 1, since the mix needs the upper half of a bigint. #}
{% macro components_begin(sql) -%}
    drop table if exists pg_temp.components_ties, pg_temp.components_members, pg_temp.components_given;
    create temp table components_given on commit drop as select a::bigint as a, b::bigint as b from ({{ sql }}) as ties;
    create temp table components_members on commit drop as
        select member, row_number() over (order by member) as label
        from (select a as member from components_given union select b from components_given) as members;
    analyze components_members;
    create temp table components_ties on commit drop as
        select distinct least(x.label, y.label) as a, greatest(x.label, y.label) as b
        from components_given as t
        join components_members as x on x.member = t.a
        join components_members as y on y.member = t.b
        where t.a <> t.b;
    drop table components_given;
    analyze components_ties
{%- endmacro %}

{% macro components_round(round) -%}
    create temp table components_moves on commit drop as
        with mixed as (
            select label, least(min(other), {{ components_mixed('label', round) }}) & 4294967295 as taken
            from (
                select a as label, {{ components_mixed('b', round) }} as other from components_ties
                union all
                select b, {{ components_mixed('a', round) }} from components_ties
            ) as both_ways
            group by label
        )
        select label, taken from mixed;
    analyze components_moves;
    create temp table components_fewer on commit drop as
        select distinct least(x.taken, y.taken) as a, greatest(x.taken, y.taken) as b
        from components_ties as t
        join components_moves as x on x.label = t.a
        join components_moves as y on y.label = t.b
        where x.taken <> y.taken;
    create temp table components_moved on commit drop as
        select m.member, coalesce(v.taken, m.label) as label from components_members as m left join components_moves as v on v.label = m.label;
    drop table components_ties, components_members, components_moves;
    alter table components_fewer rename to components_ties;
    alter table components_moved rename to components_members;
    analyze components_ties
{%- endmacro %}

{% macro components_mixed(label, round) -%}
    ((hashint8extended({{ label }}, {{ round }}) & 2147483647) << 32 | {{ label }})
{%- endmacro %}
