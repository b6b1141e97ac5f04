using System.CommandLine;
using Tributary.Cli.Arguments;
using Tributary.Core.Graph;
using Tributary.Core.Projects;

namespace Tributary.Cli.Commands;

/// <summary><c>build</c>: seeds, models, snapshots and tests in graph order; what is fresh is skipped.</summary>
internal static class BuildCommand
{
    private static readonly string[] Kinds = ["seed", "model", "snapshot", "test", "unit_test"];

    public static Command Create()
    {
        var arguments = new RunArguments();
        var command = new Command("build", "Bring seeds, models and snapshots up to date and test them; unchanged nodes are skipped.");
        return arguments.AddTo(command, withAll: true).WithAction((invocation, cancel) => RunVerb.RunAsync(
            invocation,
            new RunCall("build", arguments.Options(invocation, invocation.Get(arguments.All)), project => PlanOf(project, arguments, invocation), arguments.Vars(invocation)),
            cancel));
    }

    internal static Plan PlanOf(Project project, RunArguments arguments, Invocation invocation) =>
        Plan.Of(project.Graph, SelectedNodes.Of(project, arguments, invocation, Kinds), waitForTests: true);
}
