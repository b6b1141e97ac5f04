using Tributary.Core.Graph;
using static Tributary.Tests.Graph.FakeNode;

namespace Tributary.Tests.Graph;

public sealed class PlanTest
{
    private static IReadOnlyList<string> After(Plan plan, string name) =>
        [.. plan.Steps.Single(step => step.Node.Name == name).After.Select(id => id.Split('.')[^1]).Order(StringComparer.Ordinal)];

    private static Plan All(NodeGraph graph, bool waitForTests) => Plan.Of(graph, graph.Nodes.Select(node => node.Id).ToHashSet(), waitForTests);

    [Fact]
    public void Keeps_the_order_through_nodes_that_were_not_chosen()
    {
        var graph = NodeGraph.Build([Model("a"), Model("b", "a"), Model("c", "b")]);

        var plan = Plan.Of(graph, new HashSet<string> { "model.p.a", "model.p.c" }, waitForTests: false);

        Assert.Equal(["a"], After(plan, "c"));
    }

    [Fact]
    public void A_build_waits_for_the_tests_of_what_it_reads()
    {
        var graph = NodeGraph.Build([Model("a"), Model("b", "a"), Test("t", "a")]);

        Assert.Equal(["a", "t"], After(All(graph, waitForTests: true), "b"));
        Assert.Equal(["a"], After(All(graph, waitForTests: false), "b"));
    }

    [Fact]
    public void A_test_over_two_models_holds_back_what_is_made_from_both_and_nothing_that_it_reads_itself()
    {
        var graph = NodeGraph.Build([Model("a"), Model("b", "a"), Model("c", "a", "b"), Model("d", "c"), Test("a_b", "a", "b")]);

        var plan = All(graph, waitForTests: true);

        Assert.Equal(["a"], After(plan, "b"));
        Assert.Equal(["a", "a_b", "b"], After(plan, "c"));
        Assert.Equal(["c"], After(plan, "d"));
    }

    [Fact]
    public void Everything_stands_behind_what_it_waits_for()
    {
        var graph = NodeGraph.Build([Model("a"), Model("b", "a"), Test("t", "a"), Test("u", "b"), Model("c", "b")]);

        var place = All(graph, waitForTests: true).Steps.Select((step, i) => (step, i)).ToDictionary(pair => pair.step.Node.Id, pair => pair.i);

        foreach (var step in All(graph, waitForTests: true).Steps)
            Assert.All(step.After, before => Assert.True(place[before] < place[step.Node.Id]));
    }
}
