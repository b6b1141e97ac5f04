using Tributary.Tests.Compat.Support;

namespace Tributary.Tests.Compat.Packages;

/// <summary>How packages let a project choose what they read: variables that hold a reference, hooks that read other nodes.</summary>
public sealed class ChosenInputTests
{
    [Fact]
    public async Task A_variable_may_hold_a_reference_and_its_node_is_built_first()
    {
        await using var project = await DbtProject.CreateAsync();
        project.Configure("""
            vars:
              lib:
                orders: "{{ ref('my_orders') }}"
            """);
        project.Write("dbt_packages/lib/dbt_project.yml", "name: lib\nvars:\n  lib:\n    orders: \"{{ source('shop', 'orders') }}\"\n    items: \"{{ ref('lib_items') }}\"\n");
        project.Write("dbt_packages/lib/models/s.yml", "sources: [{name: shop, tables: [{name: orders}]}]\n");
        project.Write("dbt_packages/lib/models/lib_items.sql", "select 7 as item");
        project.Write("dbt_packages/lib/models/a_report.sql", "select id, item from {{ var('orders') }} cross join {{ var('items') }}");
        project.Write("models/my_orders.sql", "{{ config(materialized='table') }} select 1 as id");
        (await project.RunAsync("run")).Ok();
        Assert.Equal(["1|7"], await project.LinesAsync("select * from dbt.a_report"));
        Assert.Equal("lib_items\nmy_orders\n", (await project.RunAsync("ls", "--select", "+a_report", "--exclude", "a_report", "--output", "name")).Ok().Out.ReplaceLineEndings("\n"));
        Assert.Equal("\"{{ 1 }}\"", (await project.RunAsync("compile", "--inline", "{{ var('given') | tojson }}", "--vars", "{given: \"{{ '{{ 1 }}' }}\"}")).Ok().Out.Trim().Split('\n')[^1].Trim());
    }

    [Fact]
    public async Task What_a_hook_refers_to_is_built_before_the_node()
    {
        await using var project = await DbtProject.CreateAsync();
        project.Configure("""
            models:
              shop:
                late:
                  +post-hook: "create table dbt.seen as select count(*) as n from {{ ref('z_first') }}"
            """);
        project.Write("models/z_first.sql", "{{ config(materialized='table') }} select 1 as id");
        project.Write("models/late/a_second.sql", "select 2 as id");
        project.Write("models/b_third.sql", "{{ config(pre_hook=\"{{ note() }}\") }} select 3 as id");
        project.Write("macros/note.sql", "{% macro note() %}create table dbt.noted as select * from {{ ref('z_first') }}{% endmacro %}");
        (await project.RunAsync("run", "--threads", "1")).Ok();
        Assert.Equal(["1|1"], await project.LinesAsync("select (select n from dbt.seen), (select count(*) from dbt.noted)"));
    }

    [Fact]
    public async Task A_row_of_a_table_is_read_by_its_place_and_a_statement_that_sends_nothing_may_be_a_block()
    {
        await using var project = await DbtProject.CreateAsync();
        project.Write("macros/own.sql", """
            {% materialization own, default %}
              {% call statement('made', fetch_result=true) %}create table {{ this }} as {{ sql }}{% endcall %}
              {% call statement('asked', fetch_result=true) %}select count(*) as "How Many" from {{ this }}{% endcall %}
              {% set table = load_result('asked').table %}
              {% call noop_statement('main', 'BASE LOAD ' ~ table[0]['How Many'] ~ table[-1][0]) %}{{ sql }}{% endcall %}
              {{ return({'relations': [this.incorporate(type='table')]}) }}
            {% endmaterialization %}
            """);
        project.Write("models/a.sql", "{{ config(materialized='own') }} select 1 as id union all select 2");
        (await project.RunAsync("run")).Ok();
        Assert.Contains("BASE LOAD 22", project.Read("target/run_results.json"), StringComparison.Ordinal);
    }
}
