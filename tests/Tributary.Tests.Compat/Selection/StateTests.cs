using Tributary.Tests.Compat.Support;

namespace Tributary.Tests.Compat.Selection;

/// <summary><c>state:</c> against the manifest of an earlier run.</summary>
public sealed class StateTests
{
    private static async Task<DbtProject> ShopAsync()
    {
        var project = await DbtProject.CreateAsync();
        project.Write("seeds/item.csv", "id\n1\n");
        project.Write("macros/inner.sql", "{% macro inner() %}1{% endmacro %}");
        project.Write("macros/outer.sql", "{% macro outer() %}{{ inner() }}{% endmacro %}");
        project.Write("models/a.sql", "select id from {{ ref('item') }}");
        project.Write("models/b.sql", "select id, {{ outer() }} as one from {{ ref('a') }}");
        project.Write("models/c.sql", "{{ config(materialized='table', persist_docs={'relation': true}) }} select id from {{ ref('b') }}");
        project.Write("models/c.yml", "models: [{name: c, description: Before.}]");
        (await project.RunAsync("parse")).Ok();
        Directory.Move(project.PathOf("target"), project.PathOf("before"));
        return project;
    }

    private static async Task<string> ChosenAsync(DbtProject project, string words) => string.Join(' ',
        (await project.RunAsync(["ls", "--state", "before", "--output", "name", "--select", .. words.Split(' ')])).Ok().Out.Split('\n', StringSplitOptions.RemoveEmptyEntries));

    [Fact]
    public async Task Nothing_is_modified_when_nothing_changed()
    {
        await using var project = await ShopAsync();
        Assert.Equal("", await ChosenAsync(project, "state:modified state:new"));
        Assert.Equal("a b c item", await ChosenAsync(project, "state:unmodified"));
    }

    [Fact]
    public async Task A_changed_text_is_a_modified_body()
    {
        await using var project = await ShopAsync();
        project.Write("models/a.sql", "select id + 1 as id from {{ ref('item') }}");
        project.Write("models/d.sql", "select 1 as id");
        Assert.Equal("a d", await ChosenAsync(project, "state:modified"));
        Assert.Equal("a d", await ChosenAsync(project, "state:modified.body"));
        Assert.Equal("d", await ChosenAsync(project, "state:new"));
        Assert.Equal("a b c item", await ChosenAsync(project, "state:old"));
        Assert.Equal("a b c d", await ChosenAsync(project, "state:modified+"));
    }

    [Fact]
    public async Task A_macro_modifies_all_that_reach_it()
    {
        await using var project = await ShopAsync();
        project.Write("macros/inner.sql", "{% macro inner() %}2{% endmacro %}");
        Assert.Equal("b", await ChosenAsync(project, "state:modified.macros"));
        Assert.Equal("b", await ChosenAsync(project, "state:modified"));
    }

    [Fact]
    public async Task Configuration_descriptions_places_and_seeds_count()
    {
        await using var project = await ShopAsync();
        project.Write("models/c.yml", "models: [{name: c, description: After.}]");
        Assert.Equal("c", await ChosenAsync(project, "state:modified.persisted_descriptions"));
        project.Write("models/b.yml", "models: [{name: b, config: {materialized: table}}, {name: a, config: {alias: first}}]");
        Assert.Equal("b", await ChosenAsync(project, "state:modified.configs"));
        Assert.Equal("a", await ChosenAsync(project, "state:modified.relation"));
        project.Write("seeds/item.csv", "id\n1\n2\n");
        Assert.Equal("a b c item", await ChosenAsync(project, "state:modified"));
    }

    [Fact]
    public async Task What_still_renders_to_the_same_SQL_is_not_modified()
    {
        await using var project = await ShopAsync();
        (await project.RunAsync("build")).Ok();
        Directory.Delete(project.PathOf("before"), recursive: true);
        Directory.Move(project.PathOf("target"), project.PathOf("before"));
        project.Write("models/a.sql", "{# told apart #}\nselect id from {{ ref('item') }}");
        project.Write("macros/inner.sql", "{% macro inner() %}{{ 2 - 1 }}{% endmacro %}");
        project.Write("profiles.yml", project.Read("profiles.yml").Replace("schema: dbt", "schema: mine", StringComparison.Ordinal));
        Assert.Equal("", await ChosenAsync(project, "state:modified"));
        Assert.Equal("b", await ChosenAsync(project, "state:modified.macros"));
        project.Write("models/a.sql", "{# told apart #}\nselect id as id from {{ ref('item') }}");
        Assert.Equal("a", await ChosenAsync(project, "state:modified"));
    }

    [Fact]
    public async Task A_state_without_a_manifest_is_refused()
    {
        await using var project = await ShopAsync();
        Assert.Contains("manifest.json", (await project.RunAsync("ls", "--select", "state:modified")).Expect(2).Err, StringComparison.Ordinal);
    }
}
