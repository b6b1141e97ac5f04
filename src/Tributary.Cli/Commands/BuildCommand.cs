using System.CommandLine;
using Tributary.Core.Graph;

namespace Tributary.Cli.Commands;

/// <summary><c>build</c>: seeds, models, snapshots and tests in graph order; what is fresh is skipped.</summary>
internal static class BuildCommand
{
    public static readonly NodeKind[] Kinds = [NodeKind.Seed, NodeKind.Model, NodeKind.Snapshot, NodeKind.Test];

    public static Command Create()
    {
        var arguments = new RunArguments();
        var command = new Command("build", "Bring seeds, models and snapshots up to date and test them; unchanged nodes are skipped.");
        return arguments.AddTo(command, withAll: true).WithAction((invocation, cancel) => RunVerb.RunAsync(
            invocation,
            new RunCall("build", arguments.Options(invocation, invocation.Get(arguments.All)), graph => PlanOf(graph, arguments, invocation), arguments.Vars(invocation)),
            cancel));
    }

    internal static Plan PlanOf(NodeGraph graph, RunArguments arguments, Invocation invocation)
    {
        var chosen = Selector.Choose(graph, arguments.Select(invocation), arguments.Exclude(invocation));
        chosen.RemoveWhere(id => !Kinds.Contains(graph[id].Kind));
        return Plan.Of(graph, chosen, waitForTests: true);
    }
}
