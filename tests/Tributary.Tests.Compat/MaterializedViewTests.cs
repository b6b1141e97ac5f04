using Tributary.Tests.Compat.Support;

namespace Tributary.Tests.Compat;

/// <summary>Queries whose rows are kept.</summary>
public sealed class MaterializedViewTests
{
    private const string Kind = "select relkind from pg_class where oid = 'dbt.kept'::regclass";

    [Fact]
    public async Task It_is_made_refreshed_and_made_anew_when_its_query_changes()
    {
        await using var project = await DbtProject.CreateAsync();
        await project.ExecuteAsync("create table source as select 1 as id");
        project.Write("models/kept.sql", "{{ config(materialized='materialized_view') }} select id from public.source");
        project.Write("models/over.sql", "select id from {{ ref('kept') }}");
        (await project.RunAsync("run")).Ok();
        var oid = await project.LinesAsync("select 'dbt.kept'::regclass::oid");
        await project.ExecuteAsync("insert into source values (2)");
        Assert.Equal(["1"], await project.LinesAsync("select id from dbt.kept order by 1"));
        (await project.RunAsync("run")).Ok();
        Assert.Equal(["1", "2"], await project.LinesAsync("select id from dbt.over order by 1"));
        Assert.Equal(oid, await project.LinesAsync("select 'dbt.kept'::regclass::oid"));
        project.Write("models/kept.sql", "{{ config(materialized='materialized_view') }} select id from public.source where id > 1");
        (await project.RunAsync("run", "--select", "kept")).Ok();
        Assert.Equal(["2"], await project.LinesAsync("select id from dbt.over"));
    }

    [Theory]
    [InlineData("table", "r")]
    [InlineData("view", "v")]
    [InlineData("incremental", "r")]
    public async Task It_takes_the_place_of_anything_and_anything_takes_its_place(string other, string kind)
    {
        await using var project = await DbtProject.CreateAsync();
        project.Write("models/over.sql", "select id from {{ ref('kept') }}");
        project.Write("models/kept.sql", $"{{{{ config(materialized='{other}') }}}} select 1 as id");
        (await project.RunAsync("run")).Ok();
        project.Write("models/kept.sql", "{{ config(materialized='materialized_view') }} select 2 as id");
        (await project.RunAsync("run", "--select", "kept")).Ok();
        Assert.Equal(["m"], await project.LinesAsync(Kind));
        Assert.Equal(["2"], await project.LinesAsync("select id from dbt.over"));
        project.Write("models/kept.sql", $"{{{{ config(materialized='{other}') }}}} select 3 as id");
        (await project.RunAsync("run", "--select", "kept")).Ok();
        Assert.Equal([kind], await project.LinesAsync(Kind));
        Assert.Equal(["3"], await project.LinesAsync("select id from dbt.over"));
    }

    [Fact]
    public async Task Indexes_follow_the_configuration_when_on_configuration_change_lets_them()
    {
        await using var project = await DbtProject.CreateAsync();
        Write(project, "indexes=[{'columns': ['id'], 'unique': true}, {'columns': ['id', 'name'], 'type': 'btree'}]");
        (await project.RunAsync("run")).Ok();
        Assert.Equal(["1"], await project.LinesAsync("select count(*) from pg_indexes where tablename = 'kept' and indexdef ~ 'UNIQUE'"));
        Assert.Equal(["btree (id)", "btree (id, name)"], await Definitions(project));
        Write(project, "indexes=[{'columns': ['id'], 'unique': true}, {'columns': ['name'], 'type': 'hash'}]");
        (await project.RunAsync("run")).Ok();
        Assert.Equal(["btree (id)", "hash (name)"], await Definitions(project));
        (await project.RunAsync("run")).Ok();
        Write(project, "indexes=[], on_configuration_change='continue'");
        (await project.RunAsync("run")).Ok();
        Assert.Equal(["btree (id)", "hash (name)"], await Definitions(project));
        Write(project, "indexes=[], on_configuration_change='fail'");
        var run = (await project.RunAsync("run")).Expect(1);
        Assert.Contains("on_configuration_change is fail", run.Err + run.Out, StringComparison.Ordinal);
        (await project.RunAsync("run", "--full-refresh")).Ok();
        Assert.Empty(await Definitions(project));
    }

    [Theory]
    [InlineData("table")]
    [InlineData("incremental")]
    public async Task Indexes_of_tables_stay_over_rebuilds(string materialized)
    {
        await using var project = await DbtProject.CreateAsync();
        project.Write("models/kept.sql", $$$"""{{ config(materialized='{{{materialized}}}', indexes=[{'columns': ['id', 'name'], 'unique': true}, {'columns': ['lower(name)']}]) }} select 1 as id, 'a' as name{{ " where false" if is_incremental() }}""");
        var names = Array.Empty<string>();
        for (var i = 0; i < 3; i++)
        {
            (await project.RunAsync("run", "--full-refresh")).Ok();
            Assert.Equal(["btree (id, name)", "btree (lower(name))"], await Definitions(project));
            var now = await project.LinesAsync("select indexname from pg_indexes where tablename = 'kept' order by 1");
            Assert.True(i == 0 || names.SequenceEqual(now));
            names = now;
        }
        (await project.RunAsync("run")).Ok();
        Assert.Equal(names, await project.LinesAsync("select indexname from pg_indexes where tablename = 'kept' order by 1"));
    }

    private static Task<string[]> Definitions(DbtProject project) => project.LinesAsync("select substring(indexdef from 'USING (.*)') from pg_indexes where tablename = 'kept' order by 1");

    private static void Write(DbtProject project, string config) =>
        project.Write("models/kept.sql", $"{{{{ config(materialized='materialized_view', {config}) }}}} select 1 as id, 'a' as name");
}
