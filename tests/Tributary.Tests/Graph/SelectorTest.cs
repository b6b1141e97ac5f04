using Tributary.Core.Graph;
using Tributary.Core.Graph.Selecting;
using Tributary.Core.Text;
using static Tributary.Tests.Graph.FakeNode;

namespace Tributary.Tests.Graph;

public sealed class SelectorTest
{
    private static readonly SelectionGraph Project = Of(
    [
        Model("stg_patient"), Model("stg_visit"), Model("dim_patient", "stg_patient"),
        Model("fct_visit", "stg_visit", "dim_patient"), Model("fct_month", "fct_visit"),
        Test("unique_dim_patient", "dim_patient"), Test("visit_has_patient", "fct_visit", "dim_patient"),
    ]);

    /// <summary>Fake nodes with the configuration and test kinds that selections ask of them.</summary>
    private static SelectionGraph Of(IReadOnlyList<Node> nodes) => SelectionGraph.Of(NodeGraph.Build(nodes), [.. nodes.Select(node => Selectable.Of(node) with
    {
        Config = () => new Dictionary<string, object?> { ["materialized"] = "table", ["meta"] = new Dictionary<string, object?> { ["owners"] = new List<object?> { "ann" }, ["hot"] = true } },
        TestType = node.Kind == NodeKind.Test ? "generic" : null,
        TestName = node.Kind == NodeKind.Test ? "unique" : null,
    })]);

    private static string Names(SelectionRequest request) =>
        string.Join(' ', Selector.Choose(Project, request with { RootPackage = "p" }).Select(id => Project[id].Name).Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("fct_visit", "fct_visit visit_has_patient")]
    [InlineData("+fct_visit", "dim_patient fct_visit stg_patient stg_visit unique_dim_patient visit_has_patient")]
    [InlineData("1+fct_visit", "dim_patient fct_visit stg_visit unique_dim_patient visit_has_patient")]
    [InlineData("fct_visit+", "fct_month fct_visit visit_has_patient")]
    [InlineData("*.stg_*", "stg_patient stg_visit")]
    [InlineData("staging.*", "stg_patient stg_visit")]
    [InlineData("p.staging", "stg_patient stg_visit")]
    [InlineData("models/staging", "stg_patient stg_visit")]
    [InlineData("stg_visit.sql", "stg_visit")]
    [InlineData("tag:nightly", "fct_month fct_visit visit_has_patient")]
    [InlineData("tag:nightly,stg_visit+", "fct_month fct_visit visit_has_patient")]
    [InlineData("config.materialized:table,fct_month", "fct_month")]
    [InlineData("test_type:generic", "unique_dim_patient visit_has_patient")]
    [InlineData("resource_type:test", "unique_dim_patient visit_has_patient")]
    [InlineData("@stg_visit", "dim_patient fct_month fct_visit stg_patient stg_visit unique_dim_patient visit_has_patient")]
    [InlineData("stg_visit fct_month", "fct_month stg_visit")]
    [InlineData("models/st*", "stg_patient stg_visit")]
    [InlineData("path:models/**/fct_*.sql", "fct_month fct_visit visit_has_patient")]
    [InlineData("config.meta.owners:ann,fct_month", "fct_month")]
    [InlineData("config.meta.hot:TRUE,fct_month", "fct_month")]
    [InlineData("config.meta.owners:bob,fct_month", "")]
    [InlineData("test_name:uniq*", "unique_dim_patient visit_has_patient")]
    [InlineData("package:this,stg_visit", "stg_visit")]
    [InlineData("p.mar*", "dim_patient fct_month fct_visit unique_dim_patient visit_has_patient")]
    [InlineData("stg_patient+1", "dim_patient stg_patient unique_dim_patient visit_has_patient")]
    [InlineData("staging.stg_[pq]atient", "stg_patient")]
    public void Chooses_as_dbt_does(string select, string names) => Assert.Equal(names, Names(new SelectionRequest { Select = [select] }));

    [Fact]
    public void Excludes_after_selecting() =>
        Assert.Equal("dim_patient stg_patient stg_visit", Names(new SelectionRequest { Exclude = ["tag:nightly+", "resource_type:test"] }));

    [Theory]
    [InlineData(IndirectSelection.Cautious, "dim_patient", "dim_patient unique_dim_patient")]
    [InlineData(IndirectSelection.Cautious, "dim_patient fct_visit", "dim_patient fct_visit unique_dim_patient visit_has_patient")]
    [InlineData(IndirectSelection.Cautious, "fct_visit", "fct_visit")]
    [InlineData(IndirectSelection.Buildable, "fct_visit", "fct_visit visit_has_patient")]
    [InlineData(IndirectSelection.Buildable, "dim_patient", "dim_patient unique_dim_patient")]
    [InlineData(IndirectSelection.Empty, "dim_patient fct_visit", "dim_patient fct_visit")]
    public void Tests_follow_their_nodes_as_the_mode_says(IndirectSelection mode, string select, string names) =>
        Assert.Equal(names, Names(new SelectionRequest { Select = [select], Indirect = mode }));

    [Fact]
    public void A_criterion_that_matches_nothing_is_a_warning_that_names_the_nearest()
    {
        var warnings = new List<string>();

        Assert.Equal("", Names(new SelectionRequest { Select = ["stg_patien"], Warn = warnings.Add }));

        Assert.Equal("The selection criterion 'stg_patien' does not match any enabled nodes. Did you mean 'stg_patient'?", Assert.Single(warnings));
    }

    [Fact]
    public void A_wildcard_is_held_against_the_whole_qualified_name()
    {
        var warnings = new List<string>();

        Assert.Equal("", Names(new SelectionRequest { Select = ["stg_*"], Warn = warnings.Add }));

        Assert.Contains("Did you mean '*.stg_*'?", Assert.Single(warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("colour:red", "Methods: ")]
    [InlineData("@a+", "cannot be read")]
    [InlineData("test_type:green", "expected generic, singular, unit, data or macro")]
    [InlineData("state:modified", "--state")]
    [InlineData("result:error", "run_results.json")]
    public void Says_what_is_wrong(string select, string expected)
    {
        var error = Assert.Throws<UserErrorException>(() => Names(new SelectionRequest { Select = [select] })).Errors.Single();

        Assert.Equal(ErrorCodes.UnknownSelector, error.Code);
        Assert.Contains(expected, error.ToString());
    }

    [Theory]
    [InlineData("words", "fct_month fct_visit visit_has_patient")]
    [InlineData("key", "fct_month fct_visit visit_has_patient")]
    [InlineData("full", "dim_patient fct_visit stg_patient stg_visit unique_dim_patient visit_has_patient")]
    [InlineData("parts", "fct_month stg_visit")]
    [InlineData("both", "fct_month fct_visit visit_has_patient")]
    [InlineData("heir", "stg_visit")]
    [InlineData("careful", "dim_patient unique_dim_patient")]
    public void Named_selectors_are_read(string name, string names)
    {
        var selectors = NamedSelectors.Of(Tributary.Core.Text.Yaml.YamlFile.Parse("""
            selectors:
              - {name: words, definition: 'tag:nightly'}
              - {name: key, definition: {tag: nightly}}
              - {name: full, definition: {method: fqn, value: fct_visit, parents: true}}
              - name: parts
                definition:
                  union:
                    - {method: fqn, value: staging.stg_*}
                    - fct_month
                    - exclude: [{method: fqn, value: stg_patient}]
              - {name: both, definition: {intersection: [{tag: nightly}, 'stg_visit+'], }}
              - {name: heir, definition: {union: [{method: selector, value: parts}, {exclude: [fct_month]}]}}
              - {name: careful, definition: {method: fqn, value: dim_patient, indirect_selection: cautious}}
            """, "selectors.yml"));

        Assert.Equal(names, Names(new SelectionRequest { Selector = name, Selectors = () => selectors }));
    }
}
