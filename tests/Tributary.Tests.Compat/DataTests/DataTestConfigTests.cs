using Tributary.Tests.Compat.Support;

namespace Tributary.Tests.Compat.DataTests;

/// <summary>Where tests may stand, how they are configured, and what they say.</summary>
public sealed class DataTestConfigTests
{
    [Fact]
    public async Task Tests_stand_on_models_seeds_sources_and_their_columns_in_both_spellings()
    {
        await using var project = await DbtProject.CreateAsync();
        await project.ExecuteAsync("create schema raw; create table raw.orders as select 1 as id");
        project.Write("macros/rows.sql", "{% test has_rows(model, least) %}select 1 as missing where (select count(*) from {{ model }}) < {{ least }}{% endtest %}");
        project.Write("models/a.sql", "select id from {{ source('raw', 'orders') }} union all select id from {{ ref('s') }}");
        project.Write("seeds/s.csv", "id\n2\n");
        project.Write("models/schema.yml", """
            sources:
              - name: raw
                tables:
                  - name: orders
                    tests: [{has_rows: {least: 1}}]
                    columns: [{name: id, data_tests: [not_null]}]
            models:
              - name: a
                data_tests: [{has_rows: {arguments: {least: 2}}}]
                columns:
                  - name: id
                    tests:
                      - unique
                      - relationships: {to: ref('s'), field: id, config: {where: "id = 2"}}
            seeds:
              - name: s
                tests: [{has_rows: {least: "{{ var('least', 1) }}"}}]
            """);
        var run = (await project.RunAsync("build")).Ok();
        foreach (var name in (string[])["source_has_rows_raw_orders_1", "source_not_null_raw_orders_id", "has_rows_a_2", "unique_a_id", "relationships_a_id__id__ref_s_", "has_rows_s__var_least_1_"])
            Assert.Contains($"PASS  test     {name} ", run.Err, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("severity: WARN", 0, "WARN 3")]
    [InlineData("error_if: '>3'", 0, "WARN 3")]
    [InlineData("error_if: '>2'", 1, "FAIL 3")]
    [InlineData("error_if: '>9', warn_if: '>8'", 0, "PASS")]
    [InlineData("severity: warn, error_if: '>0', warn_if: '>3'", 0, "PASS")]
    [InlineData("limit: 2", 1, "FAIL 2")]
    [InlineData("fail_calc: 'sum(n)'", 1, "FAIL 6")]
    [InlineData("where: 'n > 2'", 1, "FAIL 1")]
    [InlineData("where: \"n > {{ var('least', 1) }}\"", 1, "FAIL 2")]
    [InlineData("severity: \"{{ 'warn' if target.name == 'dev' else 'error' }}\"", 0, "WARN 3")]
    [InlineData("enabled: false", 0, "")]
    [InlineData("fail_calc: 'sum(n)', where: 'n > 5'", 1, "ERROR")]
    public async Task Thresholds_decide_between_pass_warning_and_failure(string config, int status, string word)
    {
        await using var project = await DbtProject.CreateAsync();
        project.Write("models/a.sql", "select n from generate_series(1, 3) as n");
        project.Write("models/schema.yml", "models: [{name: a, data_tests: [{none: {config: {" + config + "}}}]}]");
        project.Write("tests/generic/none.sql", "{% test none(model) %}select * from {{ model }}{% endtest %}");
        (await project.RunAsync("run")).Ok();
        var run = (await project.RunAsync("test")).Expect(status);
        if (word.Length > 0) Assert.Contains($"{word,-5} test     none_a_", run.Err, StringComparison.Ordinal);
        else Assert.DoesNotContain("none_a_", run.Err, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Warnings_fail_when_they_are_to_count_as_errors()
    {
        await using var project = await DbtProject.CreateAsync();
        project.Write("models/a.sql", "select null::int as n");
        project.Write("models/schema.yml", "models: [{name: a, columns: [{name: n, tests: [{not_null: {severity: warn}}]}]}]");
        (await project.RunAsync("build")).Ok();
        (await project.RunAsync("build", "--warn-error")).Expect(1);
    }

    [Fact]
    public async Task A_test_of_what_is_disabled_or_unknown_is_left_out()
    {
        await using var project = await DbtProject.CreateAsync();
        project.Write("models/a.sql", "select 1 as id");
        project.Write("models/off.sql", "{{ config(enabled=false) }} select 1 as id");
        project.Write("tests/odd.sql", "select 1 from {{ ref('off') }}");
        project.Write("models/schema.yml", """
            models:
              - name: a
                columns:
                  - name: id
                    tests:
                      - relationships: {to: ref('off'), field: id}
                      - relationships: {to: ref('nowhere'), field: id}
                      - unique
            """);
        var run = (await project.RunAsync("build")).Ok();
        Assert.Contains("nowhere", run.Err, StringComparison.Ordinal);
        Assert.DoesNotContain("ref('off')", run.Err, StringComparison.Ordinal);
        Assert.Equal(["shop.unique_a_id"], (await project.RunAsync("ls", "--resource-type", "test")).Ok().Out.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task Tests_of_packages_have_a_name_space_and_a_project_may_replace_the_engines()
    {
        await using var project = await DbtProject.CreateAsync();
        project.Write("dbt_packages/tools/dbt_project.yml", "name: tools\n");
        project.Write("dbt_packages/tools/macros/tests.sql", """
            {% test at_least(model, column_name, least=0) %}
                {{ config(severity='warn') }}
                {{ adapter.dispatch('test_at_least', 'tools')(model, column_name, least) }}
            {% endtest %}
            {% macro default__test_at_least(model, column_name, least) %}select * from {{ model }} where {{ column_name }} < {{ least }}{% endmacro %}
            """);
        project.Write("macros/not_null.sql", "{% test not_null(model, column_name) %}select 1 where false{% endtest %}");
        project.Write("macros/subquery.sql", "{% macro get_where_subquery(relation) %}{% do return('(select * from ' ~ relation ~ ' where id is not null) as narrowed') %}{% endmacro %}");
        project.Write("models/a.sql", "select null::int as id union all select 1");
        project.Write("models/schema.yml", """
            models:
              - name: a
                columns:
                  - name: id
                    tests: [not_null, {tools.at_least: {least: 5}}]
            """);
        var run = (await project.RunAsync("build")).Ok();
        Assert.Contains("PASS  test     not_null_a_id", run.Err, StringComparison.Ordinal);
        Assert.Contains("WARN 1 test     tools_at_least_a_id__5", run.Err, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_query_that_breaks_is_an_error_and_not_a_failure()
    {
        await using var project = await DbtProject.CreateAsync();
        project.Write("models/a.sql", "select 1 as id");
        project.Write("tests/broken.sql", "{{ config(severity='warn') }}\nselect id from {{ ref('a') }} where 1 / (id - 1) > 0");
        var run = (await project.RunAsync("build")).Expect(1);
        Assert.Contains("ERROR test     broken", run.Err, StringComparison.Ordinal);
        Assert.Contains("division by zero", run.Err, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_impossible_severity_is_refused()
    {
        await using var project = await DbtProject.CreateAsync();
        project.Write("models/a.sql", "select 1 as id");
        project.Write("models/schema.yml", "models: [{name: a, columns: [{name: id, tests: [{unique: {severity: fatal}}]}]}]");
        Assert.Contains("expected warn or error", (await project.RunAsync("build")).Expect(2).Err, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("flags: {require_explicit_package_overrides_for_builtin_materializations: false}", true)]
    [InlineData("", false)]
    public async Task A_package_replaces_how_tests_run_when_the_project_allows_it(string flags, bool isReplaced)
    {
        await using var project = await DbtProject.CreateAsync();
        project.Configure(flags);
        project.Write("dbt_packages/watch/dbt_project.yml", "name: watch\n");
        project.Write("dbt_packages/watch/macros/test.sql", """
            {% materialization test, default %}
                {% set result = dbt.materialization_test_default() %}
                {{ log('watched ' ~ model.name ~ ' ' ~ load_result('main').table.rows[0].failures, info=true) }}
                {% do return(result) %}
            {% endmaterialization %}
            """);
        project.Write("models/a.sql", "select null::int as id");
        project.Write("models/schema.yml", "models: [{name: a, columns: [{name: id, tests: [{not_null: {severity: warn}}]}]}]");
        var run = (await project.RunAsync("build")).Ok();
        Assert.Equal(isReplaced, run.Err.Contains("watched not_null_a_id 1", StringComparison.Ordinal));
        Assert.Contains("WARN 1", run.Err, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tests_of_sources_and_columns_take_over_their_tags()
    {
        await using var project = await DbtProject.CreateAsync();
        await project.ExecuteAsync("create schema raw; create table raw.t as select 1 as id");
        project.Write("models/a.sql", "{{ config(tags='model') }} select id from {{ source('raw', 't') }}");
        project.Write("models/schema.yml", """
            sources: [{name: raw, tags: [outer], tables: [{name: t, tags: [inner], columns: [{name: id, tags: [key], tests: [unique]}]}]}]
            models: [{name: a, columns: [{name: id, tags: [key], tests: [{not_null: {tags: [own]}}]}]}]
            """);
        foreach (var (tag, count) in new[] { ("outer", 1), ("inner", 1), ("key", 2), ("own", 1) })
            Assert.Equal(count, (await project.RunAsync("ls", "--select", $"tag:{tag}", "--resource-type", "test")).Ok().Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }
}
