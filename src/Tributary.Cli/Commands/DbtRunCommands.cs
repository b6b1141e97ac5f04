using System.CommandLine;
using Tributary.Core.Graph;

namespace Tributary.Cli.Commands;

/// <summary>dbt's own verbs <c>run</c>, <c>test</c>, <c>seed</c>, <c>snapshot</c>: unconditional, one kind of node each.</summary>
internal static class DbtRunCommands
{
    public static Command Run() => Create("run", NodeKind.Model, "Build the chosen models, fresh or not.");

    public static Command Test() => Create("test", NodeKind.Test, "Run the chosen tests.");

    public static Command Seed() => Create("seed", NodeKind.Seed, "Load the seeds.");

    public static Command Snapshot() => Create("snapshot", NodeKind.Snapshot, "Take the snapshots.");

    private static Command Create(string verb, NodeKind kind, string description)
    {
        var arguments = new RunArguments();
        return arguments.AddTo(new Command(verb, description)).WithAction((invocation, cancel) => RunVerb.RunAsync(
            invocation,
            new RunCall(verb, arguments.Options(invocation, all: true), graph =>
            {
                var chosen = Selector.Choose(graph, arguments.Select(invocation), arguments.Exclude(invocation));
                chosen.RemoveWhere(id => graph[id].Kind != kind);
                return Plan.Of(graph, chosen, waitForTests: false);
            }, arguments.Vars(invocation)),
            cancel));
    }
}
