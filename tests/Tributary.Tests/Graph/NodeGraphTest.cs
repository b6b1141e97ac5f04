using Tributary.Core.Graph;
using Tributary.Core.Text;
using static Tributary.Tests.Graph.FakeNode;

namespace Tributary.Tests.Graph;

public sealed class NodeGraphTest
{
    [Fact]
    public void Puts_parents_before_children_whatever_the_order_given()
    {
        var graph = NodeGraph.Build([Model("c", "b"), Model("b", "a"), Model("a")]);

        Assert.Equal(["a", "b", "c"], graph.Nodes.Select(node => node.Name));
        Assert.Equal(["model.p.b", "model.p.c"], graph.Descendants("model.p.a").Order());
        Assert.Equal(["model.p.b"], graph.Descendants("model.p.a", depth: 1));
        Assert.Equal(["model.p.a", "model.p.b"], graph.Ancestors("model.p.c").Order());
    }

    [Fact]
    public void Names_a_cycle_edge_by_edge_with_its_files()
    {
        var error = Assert.Throws<UserErrorException>(() => NodeGraph.Build([Model("x"), Model("a", "c", "x"), Model("b", "a"), Model("c", "b")])).Errors.Single();

        Assert.Equal(ErrorCodes.Cycle, error.Code);
        foreach (var edge in new[] { "a (models/marts/a.sql:1) is read by b", "b (models/marts/b.sql:1) is read by c", "c (models/marts/c.sql:1) is read by a" })
            Assert.Contains(edge, error.Message);
    }

    [Fact]
    public void Refuses_the_same_id_twice_and_names_both_places()
    {
        var error = Assert.Throws<UserErrorException>(() => NodeGraph.Build([Model("a"), Model("a")])).Errors.Single();

        Assert.Equal(ErrorCodes.DuplicateName, error.Code);
        Assert.Contains("models/marts/a.sql:1", error.Message);
    }

    [Fact]
    public void Ten_thousand_nodes_in_a_chain_neither_overflow_nor_take_long()
    {
        var nodes = Enumerable.Range(0, 10_000).Select(i => i == 0 ? Model("m0") : Model($"m{i}", $"m{i - 1}")).Reverse().ToList();

        var plan = Plan.Of(NodeGraph.Build(nodes), nodes.Select(node => node.Id).ToHashSet(), waitForTests: true);

        Assert.Equal("m9999", plan.Steps[^1].Node.Name);
    }
}
