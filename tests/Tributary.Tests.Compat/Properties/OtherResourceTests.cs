using System.Text.Json;
using Tributary.Tests.Compat.Support;

namespace Tributary.Tests.Compat.Properties;

/// <summary>What a project declares beside models: analyses, exposures, groups, macros' properties, docs; sources of packages.</summary>
public sealed class OtherResourceTests
{
    [Fact]
    public async Task An_analysis_is_compiled_and_never_run()
    {
        await using var project = await DbtProject.CreateAsync();
        project.Write("models/a.sql", "select 1 as id");
        project.Write("analyses/deep/look.sql", "select count(*) from {{ ref('a') }}");
        project.Write("analyses/p.yml", "analyses: [{name: look, description: Counts.}]");
        Assert.DoesNotContain("look", (await project.RunAsync("build")).Ok().Err, StringComparison.Ordinal);
        (await project.RunAsync("compile")).Ok();
        Assert.Equal($"select count(*) from \"{project.Warehouse.Address.Database}\".\"dbt\".\"a\"", project.Read("target/compiled/shop/analyses/deep/look.sql").Trim());
        Assert.Equal(["a"], await project.LinesAsync("select relname from pg_class where relname in ('a', 'look')"));
        Assert.Equal("shop.analysis.deep.look\n", (await project.RunAsync("ls", "--resource-type", "analysis")).Ok().Out);
    }

    [Fact]
    public async Task The_graph_and_the_manifest_hold_exposures_groups_versions_docs_and_what_is_said_of_macros()
    {
        await using var project = await DbtProject.CreateAsync();
        project.Write("macros/m.sql", "{% macro twice(x) %}{{ x }} * 2{% endmacro %}");
        project.Write("macros/m.yml", "macros: [{name: twice, description: Doubles., arguments: [{name: x, type: number, description: what}], meta: {level: 1}}]");
        project.Write("models/d.md", "{% docs board %}What {% raw %}{{ it }}{% endraw %} shows.{% enddocs %}");
        project.Write("models/e.yml", """
            sources: [{name: raw, tables: [{name: t}]}]
            groups: [{name: money, owner: {name: m}}]
            exposures: [{name: board, type: dashboard, owner: {name: me}, depends_on: ["ref('a', v=2)", "source('raw', 't')", "metric('total')"], description: "{{ doc('board') }}", meta: {a: 1}, tags: [x]}]
            metrics: [{name: total, label: Total, type: simple, type_params: {measure: n}}]
            models:
              - name: a
                config: {group: money}
                constraints: [{type: check, expression: id > 0}]
                columns: [{name: id, data_type: int, constraints: [{type: not_null}]}]
                versions: [{v: 1}, {v: 2, deprecation_date: 2030-01-01}]
            """);
        project.Write("models/a_v1.sql", "select 1 as id");
        project.Write("models/a_v2.sql", "select 2 as id");
        project.Write("models/g.sql", """
            -- depends_on: {{ ref('a') }}
            {% if execute %}{% set found = graph.exposures.values() | list %}
            select '{{ found[0].name }} {{ found[0].depends_on.nodes[0] }} {{ graph.metrics.values() | map(attribute='label') | join }} {{ graph.groups | length }} {{ graph.nodes['model.shop.a.v2'].version }}' as seen
            {% else %} select '' as seen {% endif %}
            """);
        (await project.RunAsync("run")).Ok();
        Assert.Equal(["board model.shop.a.v2 Total 1 2"], await project.LinesAsync("select seen from dbt.g"));

        using var manifest = JsonDocument.Parse(project.Read("target/manifest.json"));
        var root = manifest.RootElement;
        Assert.Equal("What {{ it }} shows.", root.GetProperty("exposures").GetProperty("exposure.shop.board").GetProperty("description").GetString());
        Assert.Equal("""[{"name":"a","package":null,"version":2}]""", root.GetProperty("exposures").GetProperty("exposure.shop.board").GetProperty("refs").GetRawText());
        Assert.Equal("""[["raw","t"]]""", root.GetProperty("exposures").GetProperty("exposure.shop.board").GetProperty("sources").GetRawText());
        Assert.Equal("""[["total"]]""", root.GetProperty("exposures").GetProperty("exposure.shop.board").GetProperty("metrics").GetRawText());
        Assert.Equal("What {{ it }} shows.", root.GetProperty("docs").GetProperty("doc.shop.board").GetProperty("block_contents").GetString());
        Assert.Equal("Doubles.", root.GetProperty("macros").GetProperty("macro.shop.twice").GetProperty("description").GetString());
        Assert.Equal("number", root.GetProperty("macros").GetProperty("macro.shop.twice").GetProperty("arguments")[0].GetProperty("type").GetString());
        var node = root.GetProperty("nodes").GetProperty("model.shop.a.v2");
        Assert.Equal((2, 2, "2030-01-01"), (node.GetProperty("version").GetInt32(), node.GetProperty("latest_version").GetInt32(), node.GetProperty("deprecation_date").GetString()));
        Assert.Equal("check", node.GetProperty("constraints")[0].GetProperty("type").GetString());
        Assert.Equal("not_null", node.GetProperty("columns").GetProperty("id").GetProperty("constraints")[0].GetProperty("type").GetString());
        Assert.Equal("shop.a.v2\n", (await project.RunAsync("ls", "--select", "+exposure:board", "--resource-type", "model")).Ok().Out);
    }

    [Fact]
    public async Task The_project_overrides_sources_of_a_package_and_quotes_as_it_says()
    {
        await using var project = await DbtProject.CreateAsync();
        project.Configure("quoting: {identifier: false}");
        project.Write("dbt_packages/lib/dbt_project.yml", "name: lib\n");
        project.Write("dbt_packages/lib/models/s.yml", "sources: [{name: raw, schema: nowhere, meta: {a: 1}, tables: [{name: t, identifier: x}, {name: u, quoting: {identifier: true}}]}]");
        project.Write("dbt_packages/lib/models/m.sql", "select '{{ source('raw', 't') }}' as t, '{{ source('raw', 'u') }}' as u");
        project.Write("models/s.yml", "sources: [{name: raw, overrides: lib, schema: public, tables: [{name: t, identifier: real_t}]}]");
        (await project.RunAsync("run")).Ok();
        var database = project.Warehouse.Address.Database;
        Assert.Equal([$"\"{database}\".\"public\".real_t|\"{database}\".\"public\".\"u\""], await project.LinesAsync("select t, u from dbt.m"));
    }

    [Theory]
    [InlineData("query-comment: \"{{ note(node) }}\"", "/* for a */%create%table%")]
    [InlineData("query-comment: {comment: 'run by {{ target.name }}', append: true}", "%create%table%/* run by dev */")]
    [InlineData("query-comment:", "%create%table%")]
    public async Task The_query_comment_goes_with_each_statement(string yaml, string expected)
    {
        await using var project = await DbtProject.CreateAsync();
        project.Configure(yaml);
        project.Write("macros/n.sql", "{% macro note(node) %}for {{ node.name }}{% endmacro %}");
        project.Write("models/a.sql", "{{ config(materialized='table', post_hook=\"create table dbt.heard as select current_query() as query\") }} select 1 as id");
        (await project.RunAsync("run")).Ok();
        Assert.Equal(["True"], await project.LinesAsync($"select query like '{expected}' from dbt.heard"));
        Assert.Equal([yaml.EndsWith(':') ? "False" : "True"], await project.LinesAsync("select query like '%/*%' from dbt.heard"));
    }
}
