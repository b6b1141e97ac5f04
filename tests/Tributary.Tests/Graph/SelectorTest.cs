using Tributary.Core.Graph;
using Tributary.Core.Text;
using static Tributary.Tests.Graph.FakeNode;

namespace Tributary.Tests.Graph;

public sealed class SelectorTest
{
    private static readonly NodeGraph Project = NodeGraph.Build(
    [
        Model("stg_patient"), Model("stg_visit"), Model("dim_patient", "stg_patient"),
        Model("fct_visit", "stg_visit", "dim_patient"), Model("fct_month", "fct_visit"),
        Test("unique_dim_patient", "dim_patient"), Test("visit_has_patient", "fct_visit", "dim_patient"),
    ]);

    [Theory]
    [InlineData("fct_visit", "fct_visit visit_has_patient")]
    [InlineData("+fct_visit", "dim_patient fct_visit stg_patient stg_visit unique_dim_patient visit_has_patient")]
    [InlineData("1+fct_visit", "dim_patient fct_visit stg_visit unique_dim_patient visit_has_patient")]
    [InlineData("fct_visit+", "fct_month fct_visit visit_has_patient")]
    [InlineData("stg_*", "stg_patient stg_visit")]
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
    public void Chooses_as_dbt_does(string select, string names)
    {
        var chosen = Selector.Choose(Project, [select], []);

        Assert.Equal(names, string.Join(' ', chosen.Select(id => Project[id].Name).Order(StringComparer.Ordinal)));
    }

    [Fact]
    public void Excludes_after_selecting()
    {
        var chosen = Selector.Choose(Project, [], ["tag:nightly+", "resource_type:test"]);

        Assert.Equal(["dim_patient", "stg_patient", "stg_visit"], chosen.Select(id => Project[id].Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Cautious_takes_only_tests_whose_parents_are_all_chosen()
    {
        var chosen = Selector.Choose(Project, ["dim_patient"], [], IndirectSelection.Cautious);

        Assert.Equal(["dim_patient", "unique_dim_patient"], chosen.Select(id => Project[id].Name).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("stg_patien", "Did you mean 'stg_patient'?")]
    [InlineData("colour:red", "Methods: ")]
    [InlineData("@a+", "cannot be read")]
    public void Says_what_is_wrong_and_what_is_near(string select, string expected)
    {
        var error = Assert.Throws<UserErrorException>(() => Selector.Choose(Project, [select], [])).Errors.Single();

        Assert.Equal(ErrorCodes.UnknownSelector, error.Code);
        Assert.Contains(expected, error.ToString());
    }
}
