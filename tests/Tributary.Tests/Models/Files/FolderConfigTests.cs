namespace Tributary.Tests.Models.Files;

public sealed class FolderConfigTests
{
    [Fact]
    public void What_configures_nothing_is_warned_of()
    {
        using var folder = new DbtFolder("""
            --- dbt_project.yml
            name: shop
            models:
              +materialised: table
              shop:
                stagin: {+schema: x}
                persist_docs: {relation: true}
                staging:
                  +tags: [a]
                  a: {enabled: true, +owner_team: x}
            seeds: {shop: {+enabled: true}}
            --- models/staging/a.sql
            {{ config(alais='b') }} select 1
            --- models/staging/a.yml
            models: [{name: a, config: {on_schema_chnge: fail, color: red}}]
            """);
        Assert.Equal(
            [
                "dbt_project.yml:10:9: TRB0111: the configuration of 'shop' applies to nothing: there is no such folder or file\n  → Remove it, or correct the path: package, folders below the search path, name.",
                "dbt_project.yml:3:3: TRB0103: '+materialised' is no configuration that dbt knows\n  → Did you mean '+materialized'?",
                "dbt_project.yml:5:5: TRB0111: the configuration of 'shop.stagin' applies to nothing: there is no such folder or file\n  → Remove it, or correct the path: package, folders below the search path, name.",
                "dbt_project.yml:6:5: TRB0111: 'persist_docs' is read as a folder here, because its value is a map\n  → Write '+persist_docs:'.",
                "models/staging/a.sql:1: TRB0103: 'alais' is no configuration that dbt knows\n  → Did you mean 'alias'?",
                "models/staging/a.yml:1:29: TRB0103: 'on_schema_chnge' is no configuration that dbt knows\n  → Did you mean 'on_schema_change'?",
            ],
            folder.Read().Warnings.Concat(folder.Load().Parsed.Warnings).Select(warning => warning.ToString()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Levels_are_laid_over_one_another_as_dbt_does()
    {
        using var folder = new DbtFolder("""
            --- dbt_project.yml
            name: shop
            models:
              +tags: top
              +meta: {owner: all, level: 0}
              +pre-hook: "select 1"
              +enabled: "{{ target.name == 'dev' }}"
              +column_types: {a: int}
              shop:
                schema: low
                staging:
                  +tags: [mid, top]
                  +meta: {level: 1}
                  +post-hook: ["select 2", {sql: "select 3", transaction: false}]
                  +grants: {select: [reader]}
                  +docs: {node_color: red}
                  a: {+materialized: table, +grants: {+select: writer}}
            sources: {shop: {staging: {raw: {+enabled: false}}}}
            --- models/staging/a.sql
            {{ config(tags=['leaf'], meta={'leaf': true}, pre_hook='select 4', docs={'show': false}) }} select 1
            --- models/staging/s.yml
            models: [{name: a, config: {tags: yaml, schema: yaml}}]
            sources: [{name: raw, tables: [{name: t}]}, {name: other, tables: [{name: t}]}]
            """);
        var project = folder.Load().Parsed;
        var config = project.Find("model.shop.a")!.Config;
        Assert.Equal("top mid yaml leaf", string.Join(' ', config.Tags));
        Assert.Equal("owner=all level=1 leaf=True", string.Join(' ', config.Meta.Select(entry => $"{entry.Key}={entry.Value}")));
        Assert.Equal(("table", "yaml", true), (config.Materialized, config.Schema, config.Enabled));
        Assert.Equal(["select 1", "select 4"], (IEnumerable<object?>)config["pre-hook"]!);
        Assert.Equal(2, ((IReadOnlyList<object?>)config["post_hook"]!).Count);
        Assert.Equal(["reader", "writer"], (IEnumerable<object?>)((IReadOnlyDictionary<string, object?>)config["grants"]!)["select"]!);
        Assert.Equal(["node_color", "show"], ((IReadOnlyDictionary<string, object?>)config["docs"]!).Keys);
        Assert.Equal(["source.shop.other.t"], project.Sources.Keys);
    }
}
