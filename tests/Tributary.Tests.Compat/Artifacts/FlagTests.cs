using Tributary.Tests.Compat.Support;

namespace Tributary.Tests.Compat.Artifacts;

/// <summary>dbt's flags on the command line.</summary>
public sealed class FlagTests
{
    private static async Task<DbtProject> ShopAsync()
    {
        var project = await DbtProject.CreateAsync();
        project.Write("models/a.sql", "{{ config(materialized='table') }} select 1 as id");
        project.Write("models/b.sql", "{{ config(materialized='table') }} select count(*) as n, {{ \"'\" ~ flags.EMPTY ~ \"'\" }} as empty from {{ ref('a') }}");
        return project;
    }

    [Fact]
    public async Task Flags_without_meaning_here_are_taken_silently()
    {
        await using var project = await ShopAsync();
        var run = (await project.RunAsync("--no-use-colors", "--log-format", "json", "run", "--no-version-check", "--no-partial-parse", "--log-level", "warn", "--log-path", "x", "--no-static-parser",
            "--printer-width=120", "--no-send-anonymous-usage-stats", "--cache-selected-only", "--no-fail-fast", "--threads", "2", "-t", "dev", "--quiet")).Ok();
        Assert.Equal("", run.Out.Trim());
        Assert.Equal("", run.Err.Trim());
        Assert.Equal(["1"], await project.LinesAsync("select n from dbt.b"));
    }

    [Fact]
    public async Task Empty_reads_no_rows()
    {
        await using var project = await ShopAsync();
        (await project.RunAsync("run", "--empty")).Ok();
        Assert.Equal(["0|True"], await project.LinesAsync("select * from dbt.b"));
    }

    [Fact]
    public async Task Warnings_fail_when_that_is_asked_for()
    {
        await using var project = await ShopAsync();
        Assert.Contains("does not match any enabled nodes", (await project.RunAsync("run", "--select", "zebra", "--warn-error")).Expect(2).Err, StringComparison.Ordinal);
        (await project.RunAsync("run", "--select", "zebra", "--warn-error-options", "{include: all}")).Expect(2);
        (await project.RunAsync("run", "--select", "zebra")).Ok();
        project.Configure("models: {shop: {nowhere: {+materialized: table}}}");
        (await project.RunAsync("run", "--select", "a")).Ok();
        Assert.Contains("nowhere", (await project.RunAsync("run", "--select", "a", "--warn-error")).Expect(2).Err, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sample_is_refused_and_a_level_that_is_none()
    {
        await using var project = await ShopAsync();
        Assert.Contains("--empty", (await project.RunAsync("run", "--sample", "3 days")).Expect(2).Err, StringComparison.Ordinal);
        Assert.NotEqual(0, (await project.RunAsync("run", "--log-level", "loud")).ExitStatus);
    }

    [Fact]
    public async Task Environment_variables_stand_for_flags()
    {
        await using var project = await ShopAsync();
        project.Environment["DBT_TARGET_PATH"] = "out";
        project.Environment["DBT_QUIET"] = "1";
        Assert.Equal("", (await project.RunAsync("run")).Ok().Out.Trim());
        Assert.True(File.Exists(project.PathOf("out/run_results.json")));
    }
}
