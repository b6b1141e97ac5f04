using Tributary.Tests.Compat.Support;

namespace Tributary.Tests.Compat.Properties;

/// <summary>What decides how a call runs: the command line before the environment, the environment before <c>flags:</c>.</summary>
public sealed class FlagTests
{
    [Fact]
    public async Task Flags_of_the_project_hold_where_nothing_else_is_said()
    {
        await using var project = await DbtProject.CreateAsync();
        project.Configure("flags: {full_refresh: true, send_anonymous_usage_stats: false, require_explicit_package_overrides_for_builtin_materializations: true}");
        project.Write("models/a.sql", "{{ config(materialized='incremental') }} select {{ 1 if is_incremental() else 0 }} as later");
        (await project.RunAsync("run")).Ok();
        (await project.RunAsync("run")).Ok();
        Assert.Equal(["0"], await project.LinesAsync("select later from dbt.a"));
        project.Environment["DBT_FULL_REFRESH"] = "false";
        (await project.RunAsync("run")).Ok();
        Assert.Equal(["0", "1"], await project.LinesAsync("select later from dbt.a order by 1"));
    }

    [Fact]
    public async Task The_wanted_version_of_dbt_is_looked_at_unless_the_call_says_otherwise()
    {
        await using var project = await DbtProject.CreateAsync();
        project.Configure("require-dbt-version: '>=9.0.0'");
        project.Write("models/a.sql", "select 1 as id");
        Assert.Contains("'shop' wants dbt >=9.0.0", (await project.RunAsync("ls")).Expect(2).Err, StringComparison.Ordinal);
        (await project.RunAsync("--no-version-check", "ls")).Ok();
        (await project.RunAsync("ls", "--no-version-check")).Ok();
        project.Environment["DBT_VERSION_CHECK"] = "0";
        (await project.RunAsync("ls")).Ok();
    }

    [Fact]
    public async Task Flags_of_dbt_that_mean_nothing_here_are_passed_over()
    {
        await using var project = await DbtProject.CreateAsync();
        project.Write("models/a.sql", "select 1 as id");
        (await project.RunAsync("--quiet", "--no-use-colors", "--log-format", "json", "--log-level", "info", "run", "--version-check", "--no-print", "--warn-error-options", "{include: all}")).Ok();
        Assert.Contains("is no level", (await project.RunAsync("run", "--log-level", "loud")).Expect(1).Err, StringComparison.Ordinal);
    }
}
