using System.Text.Json;
using Tributary.Tests.Compat.Support;

namespace Tributary.Tests.Compat.Artifacts;

/// <summary><c>manifest.json</c> and <c>run_results.json</c>, as the tools that read dbt's find them.</summary>
public sealed class ManifestTests
{
    private static async Task<DbtProject> ShopAsync()
    {
        var project = await DbtProject.CreateAsync();
        project.Write("seeds/item.csv", "id,price\n1,10\n2,25\n");
        project.Write("macros/cents.sql", "{% macro cents(column, digits=0) %}({{ column }} * 100){% endmacro %}");
        project.Write("models/staging/stg_item.sql", "{{ config(tags=['raw'], meta={'owner': 'ann'}) }}\nselect id, {{ cents('price') }} as cents from {{ ref('item') }}\n");
        project.Write("models/marts/dear.sql", "{{ config(materialized='table') }} select id from {{ ref('stg_item') }}");
        project.Write("models/properties.yml", """
            models:
              - name: dear
                description: What costs much.
                columns: [{name: id, description: The key., data_type: integer, tests: [not_null]}]
            sources: [{name: web, schema: web, tables: [{name: visit, description: A visit.}]}]
            """);
        return project;
    }

    private static JsonElement Read(DbtProject project, string path)
    {
        using var document = JsonDocument.Parse(project.Read(path));
        return document.RootElement.Clone();
    }

    [Fact]
    public async Task The_manifest_describes_everything_after_a_build()
    {
        await using var project = await ShopAsync();
        project.Environment["DBT_ENV_CUSTOM_ENV_TEAM"] = "night";
        (await project.RunAsync("build", "--exclude", "source:*")).Ok();

        var manifest = Read(project, "target/manifest.json");
        Assert.Equal(
            "metadata nodes sources macros docs exposures metrics groups selectors disabled parent_map child_map group_map saved_queries semantic_models unit_tests",
            string.Join(' ', manifest.EnumerateObject().Select(section => section.Name)));
        var metadata = manifest.GetProperty("metadata");
        Assert.Equal("https://schemas.getdbt.com/dbt/manifest/v12.json", metadata.GetProperty("dbt_schema_version").GetString());
        Assert.Equal("shop postgres", $"{metadata.GetProperty("project_name").GetString()} {metadata.GetProperty("adapter_type").GetString()}");

        var dear = manifest.GetProperty("nodes").GetProperty("model.shop.dear");
        Assert.Equal("models/marts/dear.sql", dear.GetProperty("original_file_path").GetString());
        Assert.Equal("marts/dear.sql", dear.GetProperty("path").GetString());
        Assert.Equal("shop://models/properties.yml", dear.GetProperty("patch_path").GetString());
        Assert.Equal("target/compiled/shop/models/marts/dear.sql", dear.GetProperty("compiled_path").GetString());
        Assert.Contains("\"stg_item\"", dear.GetProperty("compiled_code").GetString(), StringComparison.Ordinal);
        Assert.EndsWith(".\"dbt\".\"dear\"", dear.GetProperty("relation_name").GetString(), StringComparison.Ordinal);
        Assert.Equal("table", dear.GetProperty("config").GetProperty("materialized").GetString());
        Assert.Equal("The key.", dear.GetProperty("columns").GetProperty("id").GetProperty("description").GetString());
        Assert.Equal("ann", manifest.GetProperty("nodes").GetProperty("model.shop.stg_item").GetProperty("meta").GetProperty("owner").GetString());
        Assert.Equal("macro.shop.cents", manifest.GetProperty("nodes").GetProperty("model.shop.stg_item").GetProperty("depends_on").GetProperty("macros")[0].GetString());
        Assert.Equal("column,digits", string.Join(',', manifest.GetProperty("macros").GetProperty("macro.shop.cents").GetProperty("arguments").EnumerateArray().Select(argument => argument.GetProperty("name").GetString())));
        Assert.Equal("model.shop.stg_item", manifest.GetProperty("parent_map").GetProperty("model.shop.dear")[0].GetString());
        Assert.Equal(1, manifest.GetProperty("child_map").GetProperty("model.shop.dear").GetArrayLength());
        Assert.Equal("A visit.", manifest.GetProperty("sources").GetProperty("source.shop.web.visit").GetProperty("description").GetString());
    }

    [Fact]
    public async Task Results_tell_how_each_node_ended()
    {
        await using var project = await ShopAsync();
        project.Write("models/broken.sql", "select 1/0 as id");
        project.Write("models/behind.sql", "select * from {{ ref('broken') }}");
        project.Write("tests/too_dear.sql", "select * from {{ ref('dear') }} where id > 1");
        project.Write("models/broken.sql", "{{ config(materialized='table') }} select 1/0 as id");
        (await project.RunAsync("build")).Expect(1);

        var results = Read(project, "target/run_results.json");
        Assert.Equal("https://schemas.getdbt.com/dbt/run-results/v6.json", results.GetProperty("metadata").GetProperty("dbt_schema_version").GetString());
        var byId = results.GetProperty("results").EnumerateArray().ToDictionary(result => result.GetProperty("unique_id").GetString()!, result => result);
        Assert.Equal("success", byId["seed.shop.item"].GetProperty("status").GetString());
        Assert.Equal("success", byId["model.shop.dear"].GetProperty("status").GetString());
        Assert.Equal("error", byId["model.shop.broken"].GetProperty("status").GetString());
        Assert.Equal("skipped", byId["model.shop.behind"].GetProperty("status").GetString());
        Assert.Equal("fail", byId["test.shop.too_dear"].GetProperty("status").GetString());
        Assert.Equal(1, byId["test.shop.too_dear"].GetProperty("failures").GetInt64());
        Assert.Equal("SELECT 2", byId["model.shop.dear"].GetProperty("message").GetString());
        Assert.Equal(2, byId["model.shop.dear"].GetProperty("adapter_response").GetProperty("rows_affected").GetInt64());
        Assert.Equal("compile execute", string.Join(' ', byId["model.shop.dear"].GetProperty("timing").EnumerateArray().Select(stretch => stretch.GetProperty("name").GetString())));
        Assert.Equal("build", results.GetProperty("args").GetProperty("which").GetString());
        Assert.Contains("create", project.Read("target/run/shop/models/marts/dear.sql"), StringComparison.OrdinalIgnoreCase);
        Assert.Contains("select id", project.Read("target/compiled/shop/models/marts/dear.sql"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_written_when_that_is_asked_for()
    {
        await using var project = await ShopAsync();
        (await project.RunAsync("seed", "--no-write-json")).Ok();
        Assert.False(File.Exists(project.PathOf("target/manifest.json")));
        (await project.RunAsync("--target-path", "elsewhere", "seed")).Ok();
        Assert.True(File.Exists(project.PathOf("elsewhere/run_results.json")));
    }
}
