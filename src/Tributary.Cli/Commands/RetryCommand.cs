using System.CommandLine;
using Tributary.Cli.Arguments;
using Tributary.Core.Graph;
using Tributary.Core.Models.Artifacts;
using Tributary.Core.Text;

namespace Tributary.Cli.Commands;

/// <summary><c>retry</c>: the last verb again, for the nodes that failed or were skipped.</summary>
internal static class RetryCommand
{
    private static readonly string[] Known = ["build", "run", "test", "seed", "snapshot"];

    public static Command Create()
    {
        var arguments = new RunArguments();
        return arguments.AddTo(new Command("retry", "Run the last verb again for the nodes that failed or were skipped.")).WithAction((invocation, cancel) =>
        {
            var earlier = PreviousRun.Read(Folder(invocation));
            if (!Known.Contains(earlier.Verb))
                throw new UserErrorException(ErrorCodes.NotSupported, null, $"The last verb was '{earlier.Verb}', which leaves nothing to go on with.", $"Call it again; retry is for {string.Join(", ", Known)}.");
            var options = arguments.Options(invocation, all: earlier.Verb != "build");
            var call = new RunCall(earlier.Verb, options with { FullRefresh = options.FullRefresh || earlier.FullRefresh, BatchesAgain = earlier.BatchesAgain }, project =>
            {
                var left = earlier.Unfinished.Where(project.Graph.Contains).ToHashSet();
                if (left.Count == 0) invocation.Warn("Nothing to do: the last run left nothing undone.");
                return Plan.Of(project.Graph, left, waitForTests: earlier.Verb == "build");
            }, arguments.Vars(invocation) ?? earlier.Vars);
            return RunVerb.RunAsync(invocation, call, cancel);
        });
    }

    /// <summary>Of <c>--state</c>, or where artifacts go.</summary>
    private static string Folder(Invocation invocation) =>
        Path.Combine(invocation.ProjectFolder, StateArguments.Folder(invocation) ?? ArtifactArguments.Folder(invocation) ?? "target");
}
