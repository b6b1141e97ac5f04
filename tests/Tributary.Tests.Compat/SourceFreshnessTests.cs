using System.Text.Json;
using Tributary.Tests.Compat.Support;

namespace Tributary.Tests.Compat;

/// <summary><c>source freshness</c> and <c>sources.json</c>.</summary>
public sealed class SourceFreshnessTests
{
    private static async Task<DbtProject> ShopAsync(string sources)
    {
        var project = await DbtProject.CreateAsync();
        await project.ExecuteAsync("""
            create schema raw;
            create table raw.young as select 1 as kind, now() - interval '10 minutes' as at;
            create table raw.old as select 1 as kind, (now() at time zone 'UTC') - interval '3 hours' as at union all select 2, now() at time zone 'UTC';
            create table raw.nothing (at timestamptz);
            create table raw.dated as select current_date as at;
            """);
        project.Write("models/sources.yml", sources);
        return project;
    }

    [Fact]
    public async Task Each_source_is_held_against_its_limits()
    {
        await using var project = await ShopAsync("""
            sources:
              - name: raw
                loaded_at_field: at
                freshness: {warn_after: {count: 1, period: hour}, error_after: {count: 1, period: day}}
                tables:
                  - name: young
                  - name: old
                    freshness: {filter: kind = 1}
                  - name: aged
                    identifier: old
                    config: {freshness: {error_after: {count: 2, period: hour}, filter: kind = 1}}
                  - name: nothing
                  - name: dated
                  - name: unwatched
                    freshness: null
                  - name: asked
                    loaded_at_query: "select max(at) from raw.{{ 'young' }}"
            """);
        var run = (await project.RunAsync("source", "freshness")).Expect(1);
        foreach (var line in (string[])["PASS  source   raw.young ", "WARN  source   raw.old ", "STALE source   raw.aged ", "STALE source   raw.nothing ", "ERROR source   raw.dated ", "PASS  source   raw.asked "])
            Assert.Contains(line, run.Err, StringComparison.Ordinal);
        Assert.DoesNotContain("unwatched", run.Err, StringComparison.Ordinal);
        using var file = JsonDocument.Parse(project.Read("target/sources.json"));
        Assert.EndsWith("sources/v3.json", file.RootElement.GetProperty("metadata").GetProperty("dbt_schema_version").GetString(), StringComparison.Ordinal);
        var results = file.RootElement.GetProperty("results").EnumerateArray().ToDictionary(result => result.GetProperty("unique_id").GetString()!);
        Assert.Equal("pass", results["source.shop.raw.young"].GetProperty("status").GetString());
        Assert.InRange(results["source.shop.raw.young"].GetProperty("max_loaded_at_time_ago_in_s").GetDouble(), 600, 1200);
        Assert.Equal(1, results["source.shop.raw.old"].GetProperty("criteria").GetProperty("warn_after").GetProperty("count").GetInt32());
        Assert.Equal("runtime error", results["source.shop.raw.dated"].GetProperty("status").GetString());
    }

    [Fact]
    public async Task Selections_choose_sources_and_the_project_sets_limits_for_all()
    {
        await using var project = await ShopAsync("sources: [{name: raw, tables: [{name: young, loaded_at_field: at}, {name: old, loaded_at_field: at, freshness: {warn_after: null}}, {name: dated}]}]");
        project.Configure("sources: {shop: {+freshness: {warn_after: {count: 5, period: minute}}}}");
        var run = (await project.RunAsync("source", "freshness", "--select", "source:raw.young", "source:raw.old", "--output", "out/fresh.json")).Ok();
        Assert.Contains("WARN  source   raw.young", run.Err, StringComparison.Ordinal);
        Assert.DoesNotContain("raw.old", run.Err, StringComparison.Ordinal);
        Assert.Contains("raw.young", project.Read("out/fresh.json"), StringComparison.Ordinal);
        Assert.Contains("does not say by which column", (await project.RunAsync("source", "freshness", "--select", "source:raw.dated")).Expect(1).Err, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_project_may_ask_in_its_own_way()
    {
        await using var project = await ShopAsync("sources: [{name: raw, tables: [{name: nothing, loaded_at_field: at, freshness: {error_after: {count: 1, period: day}}}]}]");
        project.Write("macros/f.sql", """
            {% macro collect_freshness(source, loaded_at_field, filter) %}
                {% call statement('collect_freshness', fetch_result=true, auto_begin=false) %}select {{ current_timestamp() }}, {{ current_timestamp() }}{% endcall %}
                {{ return(load_result('collect_freshness').table) }}
            {% endmacro %}
            """);
        (await project.RunAsync("source", "freshness")).Ok();
    }

    [Fact]
    public async Task Hooks_of_the_project_go_around_it_unless_a_flag_says_no()
    {
        await using var project = await ShopAsync("sources: [{name: raw, loaded_at_field: at, freshness: {error_after: {count: 1, period: day}}, tables: [{name: young}]}]");
        project.Configure("on-run-start: insert into said values ('start')\non-run-end: insert into said values ('end ' || (select count(*) from said))");
        await project.ExecuteAsync("create table said (what text)");
        (await project.RunAsync("source", "freshness")).Ok();
        Assert.Equal(["end 1", "start"], await project.LinesAsync("select what from said order by what"));
        await project.ExecuteAsync("drop table said");
        var run = await project.RunAsync("source", "freshness");
        Assert.Contains("relation \"said\" does not exist", run.Expect(2).Err, StringComparison.Ordinal);
        project.Configure("flags: {source_freshness_run_project_hooks: false}");
        (await project.RunAsync("source", "freshness")).Ok();
    }
}
