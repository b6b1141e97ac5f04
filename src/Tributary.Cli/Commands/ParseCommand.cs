using System.CommandLine;
using Tributary.Cli.Arguments;
using Tributary.Core.Runs;

namespace Tributary.Cli.Commands;

/// <summary><c>parse</c>: read and check the project, and write <c>manifest.json</c>; no warehouse is needed.</summary>
internal static class ParseCommand
{
    public static Command Create()
    {
        var arguments = new RunArguments();
        return arguments.AddTo(new Command("parse", "Read and check the project and write manifest.json; no warehouse is needed.")).WithAction(async (invocation, cancel) =>
        {
            var project = await RunVerb.LoadAsync(invocation, arguments.Vars(invocation), cancel);
            if (project.Models is { } models && ArtifactArguments.WritesJson(invocation))
                await models.BeginArtifacts(RunId.New(invocation.Clock), invocation.Clock, invocation.Log).WriteManifestAsync();
            return 0;
        });
    }
}
