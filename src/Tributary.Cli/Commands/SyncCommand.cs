using System.CommandLine;
using Tributary.Cli.Output;
using Tributary.Core.Graph;
using Tributary.Core.Projects;
using Tributary.Core.Runs;
using Tributary.Core.Text;

namespace Tributary.Cli.Commands;

/// <summary><c>sync [STREAM…]</c>: bring streams up to date.</summary>
internal static class SyncCommand
{
    public static Command Create()
    {
        var streams = new Argument<string[]>("STREAM") { Description = "Streams (fhir.Patient) or whole sources (fhir); default: all.", Arity = ArgumentArity.ZeroOrMore };
        var command = new Command("sync", "Bring streams up to date: read what is new, keep what cannot be loaded as rejects.");
        var follow = new Option<bool>("--follow") { Description = "Stay, and commit each change as it comes; where a source is not live, ask at each serve.poll. Ctrl-C or SIGTERM ends it." };
        command.Add(streams);
        command.Add(follow);
        return command.WithAction((invocation, cancel) => invocation.Get(follow)
            ? FollowAsync(invocation, invocation.Get(streams) ?? [], cancel)
            : RunVerb.RunAsync(invocation, new RunCall("sync", new RunOptions(), project => PlanOf(project.Graph, invocation.Get(streams) ?? [])), cancel));
    }

    private static async Task<int> FollowAsync(Invocation invocation, IReadOnlyList<string> wanted, CancellationToken cancel)
    {
        using var output = new RunOutput(invocation.Errors, invocation.Clock);
        var project = await RunVerb.LoadAsync(invocation, vars: null, cancel);
        var watch = new RunWatch(invocation.Clock, invocation.Log, output, output);
        await using var session = await RunSession.OpenAsync(project, new RunOptions(), watch, cancel);
        invocation.Log.RunId = session.Context.RunId;
        var poll = (project.File.Serve ?? ServeConfig.Default).Poll;
        await session.FollowAsync(PlanOf(project.Graph, wanted), new RunRequest("sync --follow", RunCall.Words(invocation), RunVerb.ProgramVersion), poll, cancel);
        invocation.WriteLine("Ended; what was committed stands, nothing is half done.");
        return 0;
    }

    internal static Plan PlanOf(NodeGraph graph, IReadOnlyList<string> wanted)
    {
        var loads = graph.Nodes.Where(node => node.Kind == NodeKind.Load).ToList();
        foreach (var word in wanted.Where(word => !loads.Any(load => Matches(load, word))))
            throw new UserErrorException(ErrorCodes.UnknownName, null, $"There is no stream or source '{word}'.", Nearest.Hint(word, [.. loads.Select(load => load.Name)]));
        var chosen = loads.Where(load => wanted.Count == 0 || wanted.Any(word => Matches(load, word)));
        return Plan.Of(graph, chosen.Select(load => load.Id).ToHashSet(), waitForTests: false);
    }

    private static bool Matches(Node load, string word) => load.Name == word || load.Name.StartsWith(word + ".", StringComparison.Ordinal);
}
