{#
    A table (member, component) of the connected components of a graph. The model's query gives its ties as two whole numbers a row, a and b; a
    member without a tie is a row (a, a). A component has the number of its smallest member.

    One pass over the ties: each member points at another of its component, or at itself; a tie lets the larger of two ends point at the smaller
    one, and every look on the way shortens it. Four bytes a member, whatever the ties are. A million people with three million ties
    take less than three times as long as one sorted self-join of the ties (docs/decisions/028).
#}
{% materialization connected_components, default %}
    {%- set target_relation = this.incorporate(type='table') -%}
    {%- set building = adapter.building_for(target_relation, load_cached_relation(this)) -%}
    {%- do run_hooks(pre_hooks, inside_transaction=false) -%}
    {%- do run_hooks(pre_hooks, inside_transaction=true) -%}
    {%- do run_query(components_given(sql)) -%}
    {%- set extent = run_query('select coalesce(min(least(a, b)), 1), coalesce(max(greatest(a, b)), 1), count(*) from components_given').rows[0] -%}
    {%- if extent[0] < 1 or extent[1] > 20 * extent[2] + 1000000 -%}
        {%- do run_query(components_numbered()) -%}
        {%- do run_query(components_found('components_numbered')) -%}
        {%- set found = 'select m.member, (min(m.member) over (partition by f.component))::bigint as component from components_found as f join components_members as m on m.number = f.member' -%}
    {%- else -%}
        {%- do run_query(components_found('components_given')) -%}
        {%- set found = 'select member::bigint as member, component::bigint as component from components_found' -%}
    {%- endif -%}
    {%- call statement('main') -%}
        {{ get_create_table_as_sql(false, building, found) }}
    {%- endcall -%}
    {%- do create_indexes(building) -%}
    {%- do adapter.publish(building, target_relation) -%}
    {%- do persist_docs(target_relation, model) -%}
    {%- do apply_grants(target_relation, config.get('grants')) -%}
    {%- do run_hooks(post_hooks, inside_transaction=true) -%}
    {%- do run_hooks(post_hooks, inside_transaction=false) -%}
    {{ return({'relations': [target_relation]}) }}
{% endmaterialization %}

{% macro components_given(sql) -%}
    drop table if exists pg_temp.components_given, pg_temp.components_members, pg_temp.components_numbered, pg_temp.components_found;
    create temp table components_given on commit drop as select a::bigint as a, b::bigint as b from ({{ sql }}) as ties where a is not null and b is not null
{%- endmacro %}

{# Numbers from 1 without gaps, for members whose own are too far apart to be places in an array. #}
{% macro components_numbered() -%}
    create temp table components_members on commit drop as
        select member, row_number() over (order by member) as number from (select a as member from components_given union select b from components_given) as members;
    analyze components_members;
    create temp table components_numbered on commit drop as
        select x.number as a, y.number as b
        from components_given as t
        join components_members as x on x.member = t.a
        join components_members as y on y.member = t.b
{%- endmacro %}

{% macro components_found(ties) -%}
    create temp table components_found (member int, component int) on commit drop;
    do $components$
    declare
        toward int[];   -- 0: no member; itself: the smallest of its component so far
        x int;
        y int;
    begin
        toward := array_fill(0, array[(select coalesce(max(greatest(a, b)), 1)::int from {{ ties }})]);
        for x, y in select a::int, b::int from {{ ties }} loop
            if toward[x] = 0 then toward[x] := x; end if;
            if x <> y then
                if toward[y] = 0 then toward[y] := y; end if;
                while toward[x] <> x loop
                    toward[x] := toward[toward[x]];
                    x := toward[x];
                end loop;
                while toward[y] <> y loop
                    toward[y] := toward[toward[y]];
                    y := toward[y];
                end loop;
                if x < y then toward[y] := x; elsif y < x then toward[x] := y; end if;
            end if;
        end loop;
        -- Whom a member points at is smaller, so it is settled already.
        for x in 1 .. cardinality(toward) loop
            if toward[x] > 0 then toward[x] := toward[toward[x]]; end if;
        end loop;
        insert into components_found select u.member, u.component from unnest(toward) with ordinality as u (component, member) where u.component > 0;
    end $components$;
    analyze components_found
{%- endmacro %}
