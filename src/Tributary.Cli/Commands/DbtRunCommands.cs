using System.CommandLine;
using Tributary.Cli.Arguments;
using Tributary.Core.Graph;

namespace Tributary.Cli.Commands;

/// <summary>dbt's own verbs <c>run</c>, <c>test</c>, <c>seed</c>, <c>snapshot</c>: unconditional, one kind of node each.</summary>
internal static class DbtRunCommands
{
    public static Command Run() => Create("run", ["model"], "Build the chosen models, fresh or not.");

    public static Command Test() => Create("test", ["test", "unit_test"], "Run the chosen tests.");

    public static Command Seed() => Create("seed", ["seed"], "Load the seeds.");

    public static Command Snapshot() => Create("snapshot", ["snapshot"], "Take the snapshots.");

    private static Command Create(string verb, string[] kinds, string description)
    {
        var arguments = new RunArguments();
        return arguments.AddTo(new Command(verb, description)).WithAction((invocation, cancel) => RunVerb.RunAsync(
            invocation,
            new RunCall(verb, arguments.Options(invocation, all: true),
                project => Plan.Of(project.Graph, SelectedNodes.Of(project, arguments, invocation, kinds), waitForTests: false), arguments.Vars(invocation)),
            cancel));
    }
}
