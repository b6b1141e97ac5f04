using Tributary.Tests.Compat.Support;
using Tributary.Tests.Live.Support;

namespace Tributary.Tests.Compat;

/// <summary>A folder with dbt's files alone is a project.</summary>
public sealed class PlainProjectTests
{
    [Fact]
    public async Task Seeds_models_and_tests_build_without_a_control_schema()
    {
        await using var project = await DbtProject.CreateAsync();
        project.Write("seeds/item.csv", "id,price\n1,10\n2,25\n");
        project.Write("models/dear.sql", "{{ config(materialized='table') }} select id from {{ ref('item') }} where price > 20");
        project.Write("models/dear.yml", "models: [{name: dear, columns: [{name: id, tests: [unique, not_null]}]}]");
        (await project.RunAsync("build")).Ok();
        (await project.RunAsync("build")).Ok();
        Assert.Equal(["2"], await project.LinesAsync("select id from dbt.dear"));
        Assert.Equal(["dbt"], await project.LinesAsync("select nspname from pg_namespace where nspname !~ '^pg_|^information|^public'"));
    }

    [Fact]
    public async Task The_program_as_users_start_it_builds_the_same()
    {
        await using var project = await DbtProject.CreateAsync();
        project.Write("seeds/item.csv", "id,price\n1,10\n2,25\n");
        project.Write("models/dear.sql", "{{ config(materialized='table') }} select id from {{ ref('item') }} where price > 20");
        project.Write("models/near.sql", "select {{ dbt.concat(['id', \"'x'\"]) }} as id from {{ ref('dear') }}");
        project.Write("models/dear.yml", "models: [{name: dear, columns: [{name: id, tests: [unique, not_null]}]}]");
        for (var call = 0; call < 2; call++)
            (await TributaryProcess.RunBuiltAsync("build", "--project-dir", project.Folder, "--profiles-dir", project.Folder)).Expect(0);
        Assert.Equal(["2x"], await project.LinesAsync("select id from dbt.near"));
    }

    [Fact]
    public async Task The_environment_may_fill_the_profile()
    {
        await using var project = await DbtProject.CreateAsync();
        project.Write("profiles.yml", project.Read("profiles.yml").Replace("schema: dbt", "schema: \"{{ env_var('SHOP_SCHEMA') }}\"", StringComparison.Ordinal));
        project.Write("models/a.sql", "select 1 as id");
        project.Environment["SHOP_SCHEMA"] = "night";
        (await project.RunAsync("run")).Ok();
        Assert.Equal(["1"], await project.LinesAsync("select id from night.a"));
    }

    [Fact]
    public async Task A_misspelt_target_is_refused_with_the_nearest()
    {
        await using var project = await DbtProject.CreateAsync();
        var run = (await project.RunAsync("ls", "--target", "dve")).Expect(2);
        Assert.Contains("dev", run.Err, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_adapter_s_own_name_of_a_macro_is_found_in_dbt_s_space()
    {
        await using var project = await DbtProject.CreateAsync();
        project.Write("models/a.sql", "select ({{ dbt.postgres__dateadd('day', 1, \"date '2024-01-31'\") }})::date::text as day, ({{ postgres__dateadd('day', 1, \"date '2024-01-31'\") }})::date::text as same");
        (await project.RunAsync("run")).Ok();
        Assert.Equal(["2024-02-01|2024-02-01"], await project.LinesAsync("select day, same from dbt.a"));
    }
}
