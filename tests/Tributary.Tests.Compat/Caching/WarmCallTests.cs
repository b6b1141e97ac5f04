using System.Text.Json.Nodes;
using Tributary.Tests.Compat.Support;

namespace Tributary.Tests.Compat.Caching;

/// <summary>What a call leaves behind for the next one changes nothing of what that one gives.</summary>
public sealed class WarmCallTests
{
    [Fact]
    public async Task A_second_call_of_any_verb_parses_nothing()
    {
        await using var project = await ShopAsync();
        (await project.RunAsync("ls")).Ok();
        var kept = Directory.GetFiles(project.PathOf(".tributary/cache"), "parse-*.bin").Single();
        var written = File.GetLastWriteTimeUtc(kept);
        foreach (var verb in new[] { "ls", "parse", "compile", "build", "run", "test", "seed" }) (await project.RunAsync(verb)).Ok();
        Assert.Equal(written, File.GetLastWriteTimeUtc(kept));
        project.Write("models/a.sql", "select 2 as id");
        (await project.RunAsync("ls")).Ok();
        Assert.NotEqual(written, File.GetLastWriteTimeUtc(kept));
    }

    [Fact]
    public async Task The_manifest_of_a_warm_call_is_that_of_a_cold_one()
    {
        await using var project = await ShopAsync();
        foreach (var verb in new[] { "parse", "build" })
        {
            (await project.RunAsync(verb, "--no-partial-parse")).Ok();
            var cold = Manifest(project);
            (await project.RunAsync(verb)).Ok();
            Assert.Equal(cold, Manifest(project));
            (await project.RunAsync(verb)).Ok();
            Assert.Equal(cold, Manifest(project));
        }
    }

    [Fact]
    public async Task A_changed_seed_and_changed_selectors_stand_in_the_manifest_though_they_are_not_parsed()
    {
        await using var project = await ShopAsync();
        (await project.RunAsync("parse")).Ok();
        var before = Manifest(project);
        project.Write("seeds/lands.csv", "id,name\n1,north\n2,south\n");
        (await project.RunAsync("parse")).Ok();
        var after = Manifest(project);
        Assert.NotEqual(before, after);
        project.Write("selectors.yml", "selectors: [{name: nightly, definition: a}]");
        (await project.RunAsync("parse")).Ok();
        Assert.NotEqual(after, Manifest(project));
        Assert.Contains("nightly", Manifest(project), StringComparison.Ordinal);
    }

    private static async Task<DbtProject> ShopAsync()
    {
        var project = await DbtProject.CreateAsync();
        project.Write("models/a.sql", "select 1 as id");
        project.Write("models/b.sql", "{{ config(materialized='table') }} select id, '{{ target.name }}' as target from {{ ref('a') }} union all select id, name from {{ ref('lands') }}");
        project.Write("models/schema.yml", "models: [{name: a, description: first, columns: [{name: id, data_tests: [not_null]}]}]");
        project.Write("seeds/lands.csv", "id,name\n1,north\n");
        return project;
    }

    /// <summary>Without what names the call itself.</summary>
    private static string Manifest(DbtProject project)
    {
        var manifest = JsonNode.Parse(project.Read("target/manifest.json"))!.AsObject(); // an artifact is an object
        manifest.Remove("metadata");
        foreach (var section in new[] { "nodes", "macros" })
        {
            foreach (var (_, entry) in manifest[section]!.AsObject()) entry!.AsObject().Remove("created_at"); // as in every manifest
        }
        return manifest.ToJsonString();
    }
}
