using System.Text.Json;
using Tributary.Tests.Compat.Support;

namespace Tributary.Tests.Compat.Artifacts;

/// <summary><c>retry</c>, <c>compile</c>, <c>clean</c>, <c>--defer</c> and <c>docs generate</c>.</summary>
public sealed class VerbTests
{
    private static async Task<DbtProject> ShopAsync()
    {
        var project = await DbtProject.CreateAsync();
        project.Write("models/a.sql", "select 1 as id");
        project.Write("models/b.sql", "{{ config(materialized='table') }} select id, {{ var('top', 7) }} as top from {{ ref('a') }}");
        project.Write("models/c.sql", "select * from {{ ref('b') }}");
        return project;
    }

    [Fact]
    public async Task Retry_does_what_failed_and_what_was_skipped_for_it()
    {
        await using var project = await ShopAsync();
        project.Write("models/b.sql", "{{ config(materialized='table') }} select id / 0 as id, {{ var('top', 7) }} as top from {{ ref('a') }}");
        (await project.RunAsync("run", "--vars", "{top: 9}")).Expect(1);
        project.Write("models/b.sql", "{{ config(materialized='table') }} select id, {{ var('top', 7) }} as top from {{ ref('a') }}");
        await project.ExecuteAsync("drop view dbt.a cascade; create view dbt.a as select 5 as id");

        (await project.RunAsync("retry")).Ok();

        Assert.Equal(["5|9"], await project.LinesAsync("select * from dbt.c"));
        using var results = JsonDocument.Parse(project.Read("target/run_results.json"));
        Assert.Equal(["model.shop.b", "model.shop.c"], results.RootElement.GetProperty("results").EnumerateArray().Select(result => result.GetProperty("unique_id").GetString()).Order(StringComparer.Ordinal));
        Assert.Contains("left nothing undone", (await project.RunAsync("retry")).Ok().Err, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Retry_goes_on_where_a_run_died()
    {
        await using var project = await ShopAsync();
        (await project.RunAsync("run", "--vars", "{top: 9}")).Ok();
        Assert.False(File.Exists(project.PathOf("target/run_journal.txt")));
        project.Write("target/run_journal.txt", "{\"which\": \"run\", \"vars\": {\"top\": 4}}\nmodel.shop.a model.shop.b model.shop.c\nmodel.shop.a\n");
        await project.ExecuteAsync("drop view dbt.a cascade; create view dbt.a as select 5 as id");

        (await project.RunAsync("retry")).Ok();

        Assert.Equal(["5|4"], await project.LinesAsync("select * from dbt.c"));
        Assert.False(File.Exists(project.PathOf("target/run_journal.txt")));
    }

    [Fact]
    public async Task Compile_writes_every_node_and_prints_one()
    {
        await using var project = await ShopAsync();
        Assert.Contains("3 nodes", (await project.RunAsync("compile")).Ok().Out, StringComparison.Ordinal);
        Assert.Contains("7 as top", project.Read("target/compiled/shop/models/b.sql"), StringComparison.Ordinal);
        Assert.Contains("from", (await project.RunAsync("compile", "--select", "c")).Ok().Out, StringComparison.Ordinal);
        using var manifest = JsonDocument.Parse(project.Read("target/manifest.json"));
        Assert.True(manifest.RootElement.GetProperty("nodes").GetProperty("model.shop.c").GetProperty("compiled").GetBoolean());
    }

    [Fact]
    public async Task Clean_deletes_its_targets_and_nothing_outside()
    {
        await using var project = await ShopAsync();
        (await project.RunAsync("parse")).Ok();
        (await project.RunAsync("clean")).Ok();
        Assert.False(Directory.Exists(project.PathOf("target")));
        project.Configure("clean-targets: [target, ../elsewhere]");
        Assert.Contains("outside", (await project.RunAsync("clean")).Expect(2).Err, StringComparison.Ordinal);
        project.Write("dbt_project.yml", "name: shop\nprofile: shop\nclean-targets: [models]\n");
        Assert.Contains("holds 'models'", (await project.RunAsync("clean")).Expect(2).Err, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deferred_references_lead_to_where_the_state_has_them()
    {
        await using var project = await ShopAsync();
        (await project.RunAsync("run")).Ok();
        Directory.Move(project.PathOf("target"), project.PathOf("before"));
        project.Write("profiles.yml", project.Read("profiles.yml").Replace("schema: dbt", "schema: mine", StringComparison.Ordinal));

        (await project.RunAsync("run", "--select", "c", "--defer", "--state", "before")).Ok();
        Assert.Equal(["1|7"], await project.LinesAsync("select * from mine.c"));
        Assert.Contains("\"dbt\".\"b\"", project.Read("target/compiled/shop/models/c.sql"), StringComparison.Ordinal);

        (await project.RunAsync("run", "--select", "a", "b")).Ok();
        (await project.RunAsync("compile", "--select", "c", "--defer", "--state", "before")).Ok();
        Assert.Contains("\"mine\".\"b\"", project.Read("target/compiled/shop/models/c.sql"), StringComparison.Ordinal);
        (await project.RunAsync("compile", "--select", "c", "--defer", "--state", "before", "--favor-state")).Ok();
        Assert.Contains("\"dbt\".\"b\"", project.Read("target/compiled/shop/models/c.sql"), StringComparison.Ordinal);
        (await project.RunAsync("run", "--defer")).Expect(2);
    }

    [Fact]
    public async Task Docs_have_the_catalog_and_a_page_with_its_data()
    {
        await using var project = await ShopAsync();
        project.Write("models/b.yml", "models: [{name: b, description: 'Ends </script> nothing.', columns: [{name: id, description: Key.}, {name: gone}]}]");
        (await project.RunAsync("run")).Ok();
        (await project.RunAsync("docs", "generate", "--static")).Ok();

        using var catalog = JsonDocument.Parse(project.Read("target/catalog.json"));
        var b = catalog.RootElement.GetProperty("nodes").GetProperty("model.shop.b");
        Assert.Equal("BASE TABLE", b.GetProperty("metadata").GetProperty("type").GetString());
        Assert.Equal("integer 2", $"{b.GetProperty("columns").GetProperty("top").GetProperty("type").GetString()} {b.GetProperty("columns").GetProperty("top").GetProperty("index").GetInt32()}");
        var data = project.Read("target/docs_data.js");
        Assert.DoesNotContain("</script>", data, StringComparison.Ordinal);
        Assert.Contains("\"missing\":true", data, StringComparison.Ordinal);
        Assert.Contains("docs_data.js", project.Read("target/index.html"), StringComparison.Ordinal);
        Assert.Contains("window.docsData", project.Read("target/static_index.html"), StringComparison.Ordinal);

        (await project.RunAsync("docs", "generate", "--no-compile", "--empty-catalog")).Ok();
        Assert.DoesNotContain("BASE TABLE", project.Read("target/catalog.json"), StringComparison.Ordinal);
    }
}
