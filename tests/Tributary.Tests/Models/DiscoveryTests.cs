using Tributary.Core.Graph;
using Tributary.Core.Text;

namespace Tributary.Tests.Models;

public sealed class DiscoveryTests
{
    [Fact]
    public void Collects_refs_and_sources_through_macros_and_loops()
    {
        using var folder = new DbtFolder("""
            --- models/sources.yml
            sources:
              - name: raw
                schema: landing
                tables: [{name: patient}, {name: visit, identifier: Visit_v2}]
            --- macros/m.sql
            {% macro all_of(names) %}{% for n in names %}select * from {{ ref(n) }}{{ ' union all ' if not loop.last }}{% endfor %}{% endmacro %}
            --- models/a.sql
            select * from {{ source('raw', 'patient') }}
            --- models/b.sql
            select * from {{ source('raw', 'visit') }}
            --- models/c.sql
            {{ all_of(['a', 'b']) }}
            """);
        var project = folder.Load().Parsed;
        Assert.Equal(["source.shop.raw.patient"], project.Find("model.shop.a")!.DependsOn);
        Assert.Equal(["model.shop.a", "model.shop.b"], project.Find("model.shop.c")!.DependsOn);
        Assert.Equal("Visit_v2", project.Sources["source.shop.raw.visit"].Identifier);
    }

    [Fact]
    public void Names_an_unknown_ref_with_its_place_and_the_nearest_name()
    {
        using var folder = new DbtFolder("""
            --- models/patients.sql
            select 1 as id
            --- models/visits.sql
            select *
            from {{ ref('patient') }}
            join {{ source('raw', 'x') }} using (id)
            """);
        var error = Assert.Throws<UserErrorException>(() => folder.Load());
        Assert.Equal("models/visits.sql:2:9: TRB0302: ref('patient'): the project has no model, seed or snapshot of this name (read by visits)\n  → Did you mean 'patients'?", error.Errors[0].ToString());
        Assert.Equal("models/visits.sql:3:9: TRB0302: source('raw', 'x'): no properties file declares a source 'raw' (read by visits)\n  → There are none.", error.Errors[1].ToString());
    }

    [Fact]
    public void Names_both_files_of_a_name_that_stands_twice()
    {
        using var folder = new DbtFolder("""
            --- models/a/x.sql
            select 1
            --- models/b/x.sql
            select 2
            """);
        Assert.Equal(["models/b/x.sql:1: TRB0112: 'x' is defined twice; the other is at models/a/x.sql:1"], folder.Problems());
    }

    [Fact]
    public void Of_two_nodes_of_one_name_one_may_be_disabled()
    {
        using var folder = new DbtFolder("""
            --- models/a/x.sql
            {{ config(enabled=false) }} select 1
            --- models/b/x.sql
            select 2
            --- models/p.yml
            models: [{name: x, columns: [{name: id, tests: [unique]}]}]
            --- models/y.sql
            select * from {{ ref('x') }}
            """);
        Assert.Equal(["models/b/x.sql", "models/y.sql", "models/p.yml/unique_x_id.sql"], folder.Load().Parsed.Nodes.Select(node => node.Path));
    }

    [Fact]
    public void Reports_all_problems_at_once()
    {
        using var folder = new DbtFolder("""
            --- models/a.sql
            select {{ 1 + }}
            --- models/b.sql
            select {% endfor %}
            --- models/c.sql
            select * from {{ ref('nowhere') }}
            --- models/p.yml
            modles: []
            models:
              - name: d
              - name: c
                columns:
                  - name: id
                    tests: [not_nul]
            """);
        var problems = folder.Problems();
        Assert.Equal(["models/a.sql:1", "models/b.sql:1", "models/c.sql:1", "models/p.yml:7"], problems.Select(problem => string.Join(':', problem.Split(':')[..2])));
    }

    [Fact]
    public void Reports_broken_templates_unknown_names_and_tests_together()
    {
        using var folder = new DbtFolder("""
            --- macros/m.sql
            {% macro helper() %}{{ ref('nowhere') }}{% endmacro %}
            --- models/a.sql
            select {{ 1 + }}
            --- models/b.sql
            select {{ helpr() }}, {{ dbt_utils.star(this) }}
            --- models/c.sql
            select * from {{ helper() }}
            --- models/d.sql
            select * from {{ helper() }}
            --- models/e.sql
            {{ config(materialized='tabel') }} select 1
            --- models/p.yml
            models: [{name: cc}, {name: c, columns: [{name: id, tests: [not_nul]}]}]
            --- models/f.py
            """);
        Assert.Equal(["models/f.py:1: TRB0307: a model in Python cannot be built here"], folder.Problems());
        File.Delete(Path.Combine(folder.Path, "models/f.py"));
        File.WriteAllText(Path.Combine(folder.Path, "models/p.yml"), "models: [{name: c, columns: [{name: id, tests: [not_nul]}]}]");
        Assert.Equal(string.Join("\n",
                "macros/m.sql:1:24: TRB0302: ref('nowhere'): the project has no model, seed or snapshot of this name (read by c)",
                "models/a.sql:1:15: TRB0301: unexpected '}}'",
                "models/b.sql:1:11: TRB0301: 'helpr' is called, and there is no macro or function of this name",
                "models/e.sql:1: TRB0111: the model 'e' is materialized as 'tabel', which nothing defines",
                "models/p.yml:1:49: TRB0111: there is no generic test 'not_nul'"
            ), string.Join("\n", folder.Problems().Select(problem => problem.Split(", expected")[0])));
    }

    [Fact]
    public void Descriptions_quote_docs_blocks()
    {
        using var folder = new DbtFolder("""
            --- models/notes.md
            {% docs patient %}
            One row a person.
            {% enddocs %}
            --- models/a.sql
            select 1 as id
            --- models/p.yml
            models: [{name: a, description: "{{ doc('patient') }}", columns: [{name: id, description: "key: {{ doc('patient') }}"}]}]
            """);
        var node = folder.Load().Parsed.Nodes.Single();
        Assert.Equal(("One row a person.", "key: One row a person."), (node.Description, node.Columns[0].Description));
    }

    [Fact]
    public void Lays_configuration_of_folders_yaml_and_file_over_one_another()
    {
        using var folder = new DbtFolder("""
            --- dbt_project.yml
            name: shop
            models:
              +tags: all
              +meta: {a: 1}
              shop:
                +materialized: table
                staging:
                  +schema: stg
                  +tags: [staged]
                  special:
                    materialized: view
            --- models/staging/one.sql
            select 1
            --- models/staging/special.sql
            {{ config(tags=['own'], meta={'b': 2}, post_hook="select 1") }} select 1
            --- models/staging/p.yml
            models:
              - name: special
                config: {tags: yaml, meta: {a: 3}, alias: extra}
            """);
        var project = folder.Load().Parsed;
        var one = project.Find("model.shop.one")!;
        Assert.Equal(("table", "analytics_stg", "one"), (one.Config.Materialized, one.Schema, one.Alias));
        Assert.Equal(["all", "staged"], one.Config.Tags);
        var special = project.Find("model.shop.special")!;
        Assert.Equal(("view", "extra"), (special.Config.Materialized, special.Alias));
        Assert.Equal(["all", "staged", "yaml", "own"], special.Config.Tags);
        Assert.Equal("a=3 b=2", string.Join(' ', special.Config.Meta.Select(entry => $"{entry.Key}={entry.Value}")));
    }

    [Fact]
    public void A_macro_of_the_project_decides_the_schema_and_the_prefix_goes_before_it()
    {
        using var folder = new DbtFolder("""
            --- macros/names.sql
            {% macro generate_schema_name(custom_schema_name, node) -%}
                {{ (custom_schema_name or target.schema) ~ '_' ~ node.name }}
            {%- endmacro %}
            --- models/a.sql
            {{ config(schema='mart') }} select 1
            --- models/b.sql
            select 1
            """)
        {
            Target = new("dev", "db", "analytics") { SchemaPrefix = "dev_" },
        };
        var project = folder.Load().Parsed;
        Assert.Equal(["dev_mart_a", "dev_analytics_b"], project.Nodes.Select(node => node.Schema));
    }

    [Fact]
    public void Variables_of_the_command_line_win()
    {
        using var folder = new DbtFolder("""
            --- dbt_project.yml
            name: shop
            vars:
              x: project
              y: project
              shop: {y: scoped}
            --- models/a.sql
            {{ config(alias='a_' ~ var('x') ~ '_' ~ var('y') ~ '_' ~ var('z', 'none')) }} select 1
            """);
        folder.Vars["x"] = "line";
        Assert.Equal("a_line_scoped_none", folder.Load().Parsed.Nodes[0].Alias);
    }

    [Fact]
    public void A_missing_variable_is_named_with_its_place()
    {
        using var folder = new DbtFolder("""
            --- models/a.sql
            select 1
            where x = {{ var('day') }}
            """);
        Assert.Equal(["models/a.sql:2:14: TRB0301: no variable 'day' is set, and models/a.sql gives no default"], folder.Problems());
    }

    [Fact]
    public void Disabled_models_are_not_there()
    {
        using var folder = new DbtFolder("""
            --- models/a.sql
            {{ config(enabled=false) }} select 1
            --- models/b.sql
            select * from {{ ref('a') }}
            """);
        Assert.Equal(["models/b.sql:1:18: TRB0302: ref('a'): 'a' is disabled (read by b)"], folder.Problems());
    }

    [Fact]
    public void Strings_of_yaml_are_rendered()
    {
        using var folder = new DbtFolder("""
            --- models/s.yml
            sources:
              - name: raw
                schema: "{{ var('landing', 'x') }}_{{ env_var('STAGE') }}"
                tables: [{name: t, meta: {tributary: {stream: fhir.Patient}}}]
            """);
        folder.Environment_["STAGE"] = "test";
        var source = folder.Read().Sources.Single();
        Assert.Equal(("x_test", "fhir.Patient"), (source.Schema, Assert.Single(source.Streams)));
    }

    [Fact]
    public void Declares_columns_and_classes_before_anything_is_rendered()
    {
        using var folder = new DbtFolder("""
            --- models/marts/patient.sql
            select 1
            --- models/marts/p.yml
            models:
              - name: patient
                columns:
                  - name: phone
                    data_type: text
                    config: {meta: {tributary: {class: phone}}}
                  - name: id
                    meta: {tributary: {class: id}}
                    tests: [unique]
            """);
        var declared = folder.Read().Declared.Single();
        Assert.Equal(("patient", "marts", "models/marts/p.yml:2"), (declared.Name, declared.Folder, new SourcePosition(declared.At.File, declared.At.Line).ToString()));
        Assert.Equal([("phone", "phone"), ("id", "id")], declared.Columns.Select(column => (column.Name, column.Class)));
    }

    [Fact]
    public void Generated_models_are_models_like_others()
    {
        using var folder = new DbtFolder("""
            --- dbt_project.yml
            name: shop
            models: {shop: {marts: {+schema: mart}}}
            --- models/a.sql
            select 1 as id
            """);
        var twin = new GeneratedModel("a_anon", "marts/anon", "select id from {{ ref('a') }}",
            new Dictionary<string, object?> { ["materialized"] = "table" }, [new GeneratedColumn("id", Tests: ["not_null"])], new SourcePosition("tributary.yml", 7));
        var project = folder.Load(twin).Parsed;
        var node = project.Find("model.shop.a_anon")!;
        Assert.Equal(("analytics_mart", "table", "tributary.yml:7"), (node.Schema, node.Config.Materialized, node.At.ToString()));
        Assert.Equal(["model.shop.a"], node.DependsOn);
        Assert.Contains(project.Nodes, candidate => candidate.Kind == NodeKind.Test && candidate.DependsOn.Contains(node.Id));
    }
}
