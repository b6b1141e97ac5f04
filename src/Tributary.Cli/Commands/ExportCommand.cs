using System.CommandLine;
using Tributary.Core.Graph;
using Tributary.Core.Runs;
using Tributary.Core.Text;

namespace Tributary.Cli.Commands;

/// <summary><c>export [NAME…]</c>: produce and deliver exports, all from one snapshot of the warehouse.</summary>
internal static class ExportCommand
{
    public static Command Create()
    {
        var names = new Argument<string[]>("NAME") { Description = "Exports; default: all.", Arity = ArgumentArity.ZeroOrMore };
        var arguments = new RunArguments();
        var command = new Command("export", "Produce and deliver exports; those that stand unchanged are left alone.");
        command.Add(names);
        command.Add(arguments.All);
        var asOf = new Option<string?>("--as-of") { Description = "The instant that the exports speak of; default: now.", HelpName = "TIME" };
        command.Add(asOf);
        var vars = new Option<string[]>("--var") { Description = "A value of the exports' parameters: year=2025; may stand several times.", HelpName = "NAME=VALUE", AllowMultipleArgumentsPerToken = false };
        command.Add(vars);
        return command.WithAction((invocation, cancel) => RunVerb.RunAsync(
            invocation,
            new RunCall("export", new RunOptions { All = invocation.Get(arguments.All), AsOf = RunArguments.Instant("--as-of", invocation.Get(asOf)) },
                project => PlanOf(project.Graph, invocation.Get(names) ?? []), Vars(invocation.Get(vars) ?? [])),
            cancel));
    }

    /// <summary>As the text of <c>--vars</c>: every value is text, so that 007 stays what it is.</summary>
    private static string Vars(string[] pairs)
    {
        var given = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in pairs)
        {
            var split = pair.IndexOf('=', StringComparison.Ordinal);
            if (split <= 0) throw new UserErrorException(ErrorCodes.InvalidValue, null, $"--var '{Excerpt.Of(pair)}' is not NAME=VALUE.", "Example: --var year=2025");
            given[pair[..split]] = pair[(split + 1)..];
        }
        return System.Text.Json.JsonSerializer.Serialize(given);
    }

    internal static Plan PlanOf(NodeGraph graph, IReadOnlyList<string> wanted)
    {
        var exports = graph.Nodes.Where(node => node.Kind == NodeKind.Export).ToList();
        foreach (var name in wanted.Where(name => exports.All(export => export.Name != name)))
            throw new UserErrorException(ErrorCodes.UnknownName, null, $"There is no export '{name}'.", Nearest.Hint(name, [.. exports.Select(export => export.Name)]));
        var chosen = exports.Where(export => wanted.Count == 0 || wanted.Contains(export.Name)).Select(export => export.Id).ToHashSet();
        return Plan.Of(graph, chosen, waitForTests: false);
    }
}
