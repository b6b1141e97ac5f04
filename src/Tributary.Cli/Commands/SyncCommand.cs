using System.CommandLine;
using Tributary.Core.Graph;
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
        command.Add(streams);
        return command.WithAction((invocation, cancel) => RunVerb.RunAsync(
            invocation, new RunCall("sync", new RunOptions(), project => PlanOf(project.Graph, invocation.Get(streams) ?? [])), cancel));
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
