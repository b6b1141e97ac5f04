using Tributary.Core.Graph;
using Tributary.Core.Runs;
using Tributary.Core.Text;
using static Tributary.Tests.Graph.FakeNode;

namespace Tributary.Tests.Runs;

public sealed class ReadyStepsTest
{
    private static readonly Outcome Done = new Outcome.Succeeded(Counts.None);
    private static readonly Outcome Broken = new Outcome.Failed(new UserError(ErrorCodes.DatabaseRefused, null, "no"));

    [Fact]
    public void A_failure_blocks_its_descendants_only_and_is_named_by_all_of_them()
    {
        var graph = NodeGraph.Build([Model("bad"), Model("good"), Model("child", "bad"), Model("grandchild", "child"), Model("other", "good")]);
        var ready = new ReadySteps(Plan.Of(graph, graph.Nodes.Select(node => node.Id).ToHashSet(), waitForTests: false));
        var blockedBy = new Dictionary<string, string?>();

        while (ready.TryNext(out var step))
        {
            var blocker = ready.BlockedBy(step);
            blockedBy[step.Node.Name] = blocker?.Name;
            ready.Ended(step, blocker is not null ? new Outcome.Skipped(SkipReason.UpstreamFailed, "") : step.Node.Name == "bad" ? Broken : Done);
        }

        Assert.Equal(5, blockedBy.Count);
        Assert.Equal("bad", blockedBy["child"]);
        Assert.Equal("bad", blockedBy["grandchild"]);
        Assert.Null(blockedBy["other"]);
    }

    [Fact]
    [Requirement("E37")]
    public void What_is_only_awaited_holds_back_until_it_ended_and_blocks_nothing()
    {
        var export = Of(NodeKind.Export, "e", ["good"]);
        var waiting = new Graph.FakeNode { Id = export.Id, Name = export.Name, Kind = export.Kind, DependsOn = export.DependsOn, At = export.At, Awaits = ["model.p.good", "model.p.bad", "model.p.not_chosen"] };
        // The export stands before the one that it waits for: the plan puts it behind.
        var graph = NodeGraph.Build([Model("good"), waiting, Model("bad"), Model("not_chosen")]);
        var plan = Plan.Of(graph, new HashSet<string> { "model.p.good", "model.p.bad", export.Id }, waitForTests: false);
        Assert.Equal(["good", "bad", "e"], plan.Steps.Select(step => step.Node.Name));
        Assert.Equal(["model.p.good"], plan.Steps[2].After);
        Assert.Equal(["model.p.bad"], plan.Steps[2].Awaits);

        var ready = new ReadySteps(plan);
        Assert.True(ready.TryNext(out var good));
        Assert.True(ready.TryNext(out var bad));
        ready.Ended(good, Done);
        Assert.False(ready.TryNext(out _));
        ready.Ended(bad, Broken);
        Assert.True(ready.TryNext(out var last));
        Assert.Null(ready.BlockedBy(last));
    }

    [Fact]
    public void A_fresh_node_lets_those_behind_it_go_on()
    {
        var graph = NodeGraph.Build([Model("a"), Model("b", "a")]);
        var ready = new ReadySteps(Plan.Of(graph, graph.Nodes.Select(node => node.Id).ToHashSet(), waitForTests: false));

        Assert.True(ready.TryNext(out var first));
        ready.Ended(first, new Outcome.Skipped(SkipReason.Fresh, "nothing changed"));

        Assert.True(ready.TryNext(out var second));
        Assert.Null(ready.BlockedBy(second));
    }
}
