using System.Text.Json;
using Tributary.Tests.Compat.Support;

namespace Tributary.Tests.Compat.Packages;

/// <summary>What macros of packages that watch over a project do: they stand in for the engine's own, call them, keep notes and print.</summary>
public sealed class PackageMacroTests
{
    [Fact]
    public async Task A_project_s_own_macro_answers_where_templates_ask_the_adapter_and_may_build_on_the_engine_s()
    {
        await using var project = await DbtProject.CreateAsync();
        project.Write("macros/columns.sql", """
            {% macro postgres__get_columns_in_relation(relation) %}
              {{ return(dbt.postgres__get_columns_in_relation(relation) | rejectattr('name', 'equalto', 'secret') | list) }}
            {% endmacro %}
            """);
        project.Write("models/a.sql", "{{ config(materialized='table') }} select 1 as id, 'x' as secret");
        project.Write("models/b.sql", "select {{ adapter.get_columns_in_relation(ref('a')) | map(attribute='name') | join(', ') or '1 as none' }} from {{ ref('a') }}");
        (await project.RunAsync("run")).Ok();
        Assert.Equal(["id"], await project.LinesAsync("select attname::text from pg_attribute where attrelid = 'dbt.b'::regclass and attnum > 0"));
    }

    [Fact]
    public async Task Schemas_are_made_by_the_project_s_own_macro_where_it_has_one()
    {
        await using var project = await DbtProject.CreateAsync();
        project.Write("macros/schemas.sql", """
            {% macro postgres__create_schema(relation) %}
              {% call statement('create_schema') %}create schema if not exists {{ relation.without_identifier().include(database=false) }}{% endcall %}
              {% call statement('say') %}comment on schema {{ relation.schema }} is 'made by the project'{% endcall %}
            {% endmacro %}
            """);
        project.Write("models/a.sql", "{{ config(schema='own') }} select 1 as id");
        (await project.RunAsync("run")).Ok();
        Assert.Equal(["made by the project"], await project.LinesAsync("select obj_description('dbt_own'::regnamespace, 'pg_namespace')"));
    }

    [Fact]
    public async Task Tables_print_themselves_in_hooks_and_operations()
    {
        await using var project = await DbtProject.CreateAsync();
        project.Configure("on-run-end: \"{% do run_query('select 7 as seven').print_table() %}\"");
        project.Write("macros/say.sql", "{% macro say() %}{% do run_query('select 8 as eight').print_csv() %}{% endmacro %}");
        project.Write("models/a.sql", "select 1 as id");
        Assert.Contains("| 7     |", (await project.RunAsync("run")).Ok().Out, StringComparison.Ordinal);
        Assert.Contains("eight\n8", (await project.RunAsync("run-operation", "say")).Ok().Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_graph_says_every_part_of_a_freshness_and_of_a_column()
    {
        await using var project = await DbtProject.CreateAsync();
        project.Write("models/s.yml", """
            sources:
              - name: raw
                freshness: {warn_after: {count: 1, period: day}}
                tables:
                  - {name: t}
                  - {name: u, freshness: null, columns: [{name: c, config: {meta: {owner: me}, tags: [x]}}]}
            """);
        project.Write("macros/say.sql", """
            {% macro say() %}
              {% do print(graph.sources['source.shop.raw.t'].freshness | tojson) %}
              {% do print(graph.sources['source.shop.raw.t'].freshness.error_after.count is none) %}
              {% do print(graph.sources['source.shop.raw.u'].freshness) %}
              {% do print(graph.sources['source.shop.raw.u'].columns.c.config | tojson) %}
            {% endmacro %}
            """);
        Assert.Equal("""
            {"error_after": {"count": null, "period": null}, "filter": null, "warn_after": {"count": 1, "period": "day"}}
            True
            None
            {"meta": {"owner": "me"}, "tags": ["x"]}

            """, (await project.RunAsync("run-operation", "say")).Ok().Out);
    }

    [Fact]
    public async Task What_a_test_found_is_said_in_dbt_s_words_to_tools_that_read_it()
    {
        await using var project = await DbtProject.CreateAsync();
        project.Write("models/a.sql", "select null as id union all select null");
        project.Write("models/s.yml", """
            models:
              - name: a
                columns:
                  - name: id
                    data_tests:
                      - not_null
                      - not_null: {name: warned, config: {severity: warn, warn_if: '> 1'}}
                      - unique
            """);
        Assert.Equal(1, (await project.RunAsync("build")).ExitStatus);
        using var results = JsonDocument.Parse(project.Read("target/run_results.json"));
        Assert.Equal(
            ["Got 2 results, configured to fail if != 0", "Got 2 results, configured to warn if > 1", null],
            results.RootElement.GetProperty("results").EnumerateArray().Where(result => result.GetProperty("unique_id").GetString()!.StartsWith("test.", StringComparison.Ordinal))
                .OrderBy(result => result.GetProperty("status").GetString() switch { "fail" => 0, "warn" => 1, _ => 2 }).Select(result => result.GetProperty("message").GetString()));
    }

    [Fact]
    public async Task Relations_beside_the_same_one_have_names_of_their_own()
    {
        await using var project = await DbtProject.CreateAsync();
        project.Write("macros/twice.sql", """
            {% macro twice(relation) %}
              {% for i in range(2) %}
                {% set beside = dbt.make_temp_relation(relation) %}
                {% do run_query(create_table_as(true, beside, 'select ' ~ i ~ ' as n')) %}
              {% endfor %}
            {% endmacro %}
            """);
        project.Write("models/a.sql", "{{ config(materialized='table', post_hook='{{ twice(this) }}') }} select 1 as id");
        (await project.RunAsync("run")).Ok();
    }

    [Fact]
    public async Task A_materialization_calls_the_engine_s_by_call_macro()
    {
        await using var project = await DbtProject.CreateAsync();
        project.Write("macros/table.sql", """
            {% materialization table, default %}
              {% set relations = dbt.materialization_table_default.call_macro() %}
              {% do run_query('comment on table ' ~ this ~ " is 'seen'") %}
              {% do return(relations) %}
            {% endmaterialization %}
            """);
        project.Write("models/a.sql", "{{ config(materialized='table') }} select 1 as id");
        (await project.RunAsync("run")).Ok();
        Assert.Equal(["seen"], await project.LinesAsync("select obj_description('dbt.a'::regclass)"));
    }
}
