using Tributary.Tests.Compat.Support;

namespace Tributary.Tests.Compat.Properties;

/// <summary>What else properties may say, and what is said of what they must not.</summary>
public sealed class PropertyTests
{
    [Fact]
    public async Task Descriptions_quote_docs_blocks_of_any_resource_path_and_may_ask_for_variables()
    {
        await using var project = await DbtProject.CreateAsync();
        project.Configure("vars: {area: north}\nmodels: {+persist_docs: {relation: true, columns: true}}");
        project.Write("tests/notes.md", "# {{ not a template\n{% docs person %}\n A *person*, {{ '{{ braced }}' }}. \n{% enddocs %}\n");
        project.Write("dbt_packages/lib/dbt_project.yml", "name: lib\n");
        project.Write("dbt_packages/lib/models/d.md", "{% docs person %}lib's{% enddocs %}{% docs only %}there{% enddocs %}");
        project.Write("models/a.yml", """
            models:
              - name: a
                description: "{{ doc('person') }} {{ doc('lib', 'person') }} {{ doc('only') }} {{ var('area') }}"
                columns: [{name: id, description: "{{ doc('person') }}"}]
            """);
        project.Write("models/a.sql", "select 1 as id");
        (await project.RunAsync("run")).Ok();
        Assert.Equal(["A *person*, {{ braced }}. lib's there north"], await project.LinesAsync("select obj_description('dbt.a'::regclass)"));
        project.Write("models/a.yml", "models: [{name: a, description: \"{{ doc('persn') }}\"}]");
        Assert.Contains("models/a.yml:1:10: TRB0301: there is no docs block 'persn' in a description\n  → Did you mean 'person'?", (await project.RunAsync("run")).Expect(2).Err, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Exposures_and_the_semantic_layer_are_accepted_and_what_they_read_must_exist()
    {
        await using var project = await DbtProject.CreateAsync();
        project.Write("models/a.sql", "select 1 as id");
        project.Write("models/e.yml", """
            exposures:
              - name: board
                label: The board
                type: dashboard
                maturity: high
                url: https://example.org
                owner: {name: me, email: me@example.org}
                depends_on: [ref('a')]
            semantic_models:
              - {name: sem, model: ref('a'), entities: [{name: id, type: primary}], measures: [{name: n, agg: count, expr: "{{ Dimension('x') }}"}]}
            metrics:
              - {name: total, label: Total, type: simple, type_params: {measure: n}, filter: "{{ Dimension('id__x') }} > 1"}
            saved_queries:
              - {name: q, query_params: {metrics: [total], where: ["{{ TimeDimension('a') }} > 1"]}, exports: []}
            """);
        (await project.RunAsync("run")).Ok();
        project.Write("models/e.yml", project.Read("models/e.yml").Replace("depends_on: [ref('a')]", "depends_on: [ref('b')]", StringComparison.Ordinal));
        Assert.Contains("models/e.yml:8:18: TRB0302: ref('b'): the project has no model", (await project.RunAsync("run")).Expect(2).Err, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unknown_sections_and_keys_and_properties_of_nothing_are_warned_of_and_stop_nothing()
    {
        await using var project = await DbtProject.CreateAsync();
        project.Write("models/a.sql", "select 1 as id");
        project.Write("models/p.yml", """
            modls: []
            models:
              - name: a
                materialized: table
                colums: []
                columns: [{name: gone, tests: [], owner: x}]
              - name: missing
                columns: [{name: id, tests: [unique]}]
            sources:
              - {name: s, tables: [{name: t, lodaer: x}]}
            macros:
              - {name: m, argumnts: []}
            """);
        var run = (await project.RunAsync("run")).Ok();
        foreach (var expected in new[]
        {
            "models/p.yml:1:1: TRB0103: properties have no section 'modls'; it is passed over\n  → Did you mean 'models'?",
            "models/p.yml:4:5: TRB0103: an entry of 'models' has no key 'materialized'; it is passed over\n  → If it is configuration, write it below 'config:'; if it is yours, below 'config: meta:'.",
            "models/p.yml:5:5: TRB0103: an entry of 'models' has no key 'colums'; it is passed over\n  → Did you mean 'columns'?",
            "models/p.yml:6:39: TRB0103: a column has no key 'owner'",
            "models/p.yml:7:5: TRB0111: these are properties of 'missing', but there is no such file among the models; they are passed over",
            "models/p.yml:10:34: TRB0103: a table of a source has no key 'lodaer'; it is passed over\n  → Did you mean 'loader'?",
            "models/p.yml:12:15: TRB0103: an entry of 'macros' has no key 'argumnts'; it is passed over\n  → Did you mean 'arguments'?",
        })
        {
            Assert.Contains(expected, run.Err, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_warning_that_holds_at_many_places_is_given_once()
    {
        await using var project = await DbtProject.CreateAsync();
        foreach (var name in new[] { "a", "b", "c" }) project.Write($"models/{name}.sql", "select 1 as id");
        project.Write("models/p.yml", "models: [{name: a, owner: x}, {name: b, owner: y}, {name: c, owner: z}]");
        var run = (await project.RunAsync("run")).Ok();
        Assert.Single(run.Err.Split('\n'), line => line.Contains("has no key 'owner'", StringComparison.Ordinal));
        Assert.Contains("(and at 2 more places)", run.Err, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_nodes_that_would_become_one_relation_are_refused()
    {
        await using var project = await DbtProject.CreateAsync();
        project.Write("models/a.sql", "{{ config(alias='b') }} select 1 as id");
        project.Write("models/b.sql", "select 1 as id");
        Assert.Contains("models/b.sql:1: TRB0112: model.shop.b and model.shop.a (models/a.sql:1) would both become dbt.b", (await project.RunAsync("run")).Expect(2).Err, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_in_several_other_packages_must_be_told_apart()
    {
        await using var project = await DbtProject.CreateAsync();
        foreach (var package in new[] { "one", "two" })
        {
            project.Write($"dbt_packages/{package}/dbt_project.yml", $"name: {package}\nmodels: {{+schema: {package}}}\n");
            project.Write($"dbt_packages/{package}/models/m.sql", $"select '{package}' as who");
        }
        project.Write("models/a.sql", "select * from {{ ref('m') }}");
        Assert.Contains("models/a.sql:1:18: TRB0302: ref('m'): the packages one and two have a 'm' each (read by a)\n  → Say which one: ref('one', 'm').", (await project.RunAsync("run")).Expect(2).Err, StringComparison.Ordinal);
        project.Write("models/a.sql", "select * from {{ ref('two', 'm') }}");
        (await project.RunAsync("run")).Ok();
        Assert.Equal(["two"], await project.LinesAsync("select * from dbt.a"));
        project.Configure("models: {one: {+enabled: false}}");
        project.Write("models/a.sql", "select * from {{ ref('m') }}");
        (await project.RunAsync("run")).Ok();
    }

    [Fact]
    public async Task A_package_places_its_models_by_its_own_macro()
    {
        await using var project = await DbtProject.CreateAsync();
        project.Write("macros/n.sql", "{% macro generate_schema_name(name, node) %}ours_{{ name }}{% endmacro %}");
        project.Write("dbt_packages/lib/dbt_project.yml", "name: lib\nmodels: {+schema: x}\n");
        project.Write("dbt_packages/lib/macros/n.sql", "{% macro generate_schema_name(name, node) %}libs_{{ name }}{% endmacro %}");
        project.Write("dbt_packages/lib/models/m.sql", "select 1 as id");
        project.Write("models/a.sql", "{{ config(schema='y') }} select * from {{ ref('m') }}");
        (await project.RunAsync("run")).Ok();
        Assert.Equal(["libs_x.m", "ours_y.a"], await project.LinesAsync("select schemaname || '.' || viewname from pg_views where viewname in ('a', 'm') order by 1"));
    }

    [Fact]
    public async Task Anchors_and_merged_keys_are_written_out()
    {
        await using var project = await DbtProject.CreateAsync();
        project.Write("models/a.sql", "select 1 as id, 2 as other");
        project.Write("models/p.yaml", """
            version: 2
            models:
              - name: a
                columns:
                  - &id
                    name: id
                    tests: &tests [not_null, unique]
                  - <<: *id
                    name: other
            """);
        Assert.Equal(4, (await project.RunAsync("ls", "--resource-type", "test")).Ok().Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }
}
