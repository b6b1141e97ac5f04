using Tributary.Tests.Compat.Support;

namespace Tributary.Tests.Compat.DataTests;

/// <summary>Rows that fail a test, kept in a relation of the test's own.</summary>
public sealed class StoredFailuresTests
{
    private const string Models = """
        models:
          - name: item
            columns:
              - name: id
                data_tests:
                  - unique
                  - not_null:
                      config: {store_failures: true}
                  - accepted_values:
                      name: known_id
                      values: [1]
                      quote: false
                      store_failures_as: view
                      config: {severity: warn, schema: watched, alias: unknown_ids}
        """;

    [Fact]
    public async Task A_test_keeps_its_rows_where_its_configuration_says()
    {
        await using var project = await DbtProject.CreateAsync();
        project.Write("models/item.sql", "select * from (values (1), (1), (2), (null)) as t(id)");
        project.Write("models/item.yml", Models);
        (await project.RunAsync("run")).Ok();
        var run = (await project.RunAsync("test")).Expect(1);
        Assert.Equal(["∅"], await project.LinesAsync("select id from dbt_dbt_test__audit.not_null_item_id"));
        Assert.Equal(["2|1"], await project.LinesAsync("select * from dbt_watched.unknown_ids"));
        Assert.Equal(["not_null_item_id|r", "unknown_ids|v"], await project.LinesAsync("""
            select relname, relkind from pg_class where relnamespace::regnamespace::text in ('dbt_dbt_test__audit', 'dbt_watched') order by 1
            """));
        Assert.Contains("FAIL 1 test     not_null_item_id", run.Err, StringComparison.Ordinal);
        Assert.Contains("WARN 1 test     known_id", run.Err, StringComparison.Ordinal);
        Assert.Contains("FAIL 1 test     unique_item_id", run.Err, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_later_run_replaces_what_an_earlier_one_kept_and_views_over_it_stay()
    {
        await using var project = await DbtProject.CreateAsync();
        project.Write("models/item.sql", "{{ config(materialized='table') }} select null::int as id from generate_series(1, {{ var('n', 2) }})");
        project.Write("models/item.yml", "models: [{name: item, columns: [{name: id, tests: [not_null]}]}]");
        (await project.RunAsync("run")).Ok();
        (await project.RunAsync("test", "--store-failures")).Expect(1);
        await project.ExecuteAsync("create view dbt.watch as select count(*) as n from dbt_dbt_test__audit.not_null_item_id");
        Assert.Equal(["2"], await project.LinesAsync("select n from dbt.watch"));
        (await project.RunAsync("run", "--vars", "{n: 0}")).Ok();
        (await project.RunAsync("test", "--store-failures", "--vars", "{n: 0}")).Ok();
        Assert.Equal(["0"], await project.LinesAsync("select n from dbt.watch"));
    }

    [Fact]
    public async Task The_project_decides_for_folders_and_a_test_for_itself()
    {
        await using var project = await DbtProject.CreateAsync();
        project.Configure("""
            data_tests:
              +store_failures: true
              +schema: audit
              shop:
                deep:
                  +severity: warn
                  +store_failures_as: view
            """);
        project.Write("models/a.sql", "select null::int as id");
        project.Write("models/schema.yml", "models: [{name: a, columns: [{name: id, tests: [not_null, {unique: {config: {store_failures: false}}}]}]}]");
        project.Write("models/deep/b.sql", "select null::int as id");
        project.Write("models/deep/schema.yml", "models: [{name: b, columns: [{name: id, tests: [not_null]}]}]");
        project.Write("tests/a_is_empty.sql", "{{ config(severity='warn', limit=1, fail_calc='max(n)') }} select 7 as n from {{ ref('a') }}");
        (await project.RunAsync("run")).Ok();
        var run = (await project.RunAsync("test")).Expect(1);
        Assert.Equal(["a_is_empty|r", "not_null_a_id|r", "not_null_b_id|v"], await project.LinesAsync(
            "select relname, relkind from pg_class where relnamespace = 'dbt_audit'::regnamespace order by 1"));
        Assert.Contains("WARN 7 test     a_is_empty", run.Err, StringComparison.Ordinal);
        Assert.Contains("WARN 1 test     not_null_b_id", run.Err, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_projects_own_schema_macro_places_them_and_a_long_name_is_hashed()
    {
        await using var project = await DbtProject.CreateAsync();
        project.Write("macros/generate_schema_name.sql", "{% macro generate_schema_name(custom, node) %}{{ custom or target.schema }}{% endmacro %}");
        project.Write("models/a.sql", "select 'x' as a_column_with_a_rather_long_name");
        project.Write("models/schema.yml", """
            models:
              - name: a
                columns:
                  - name: a_column_with_a_rather_long_name
                    tests: [{accepted_values: {values: ['first value', 'second value'], store_failures: true}}]
            """);
        (await project.RunAsync("build")).Expect(1);
        Assert.Equal(["accepted_values_a_|50"], await project.LinesAsync(
            "select left(relname, 18), length(relname) from pg_class where relnamespace = 'dbt_test__audit'::regnamespace"));
    }
}
