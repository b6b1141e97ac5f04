using System.CommandLine;
using Tributary.Cli.Output;
using Tributary.Core.Graph;

namespace Tributary.Cli.Commands;

/// <summary><c>check</c>: load and check everything without touching any system; all problems at once.</summary>
internal static class CheckCommand
{
    public static Command Create() =>
        new Command("check", "Load and check the whole project without touching any system; all problems at once, each with file and line.")
            .WithAction(async (invocation, cancel) =>
            {
                var project = await RunVerb.LoadAsync(invocation, vars: null, cancel);
                var counts = project.Graph.Nodes.GroupBy(node => node.Kind).OrderBy(group => group.Key).ToDictionary(group => group.Key, group => group.Count());
                if (invocation.AsJson) invocation.WriteJson(new { Project = project.File.Name, Target = project.Target.Name, Nodes = counts.ToDictionary(pair => pair.Key.ToString().ToLowerInvariant(), pair => pair.Value), Warnings = project.Warnings.Select(warning => warning.ToString()) });
                else invocation.WriteLine($"{project.File.Name} ({project.Target.Name}) is well formed: {Words(counts)}.");
                return 0;
            });

    private static string Words(Dictionary<NodeKind, int> counts) =>
        string.Join(", ", counts.Select(pair => Quantity.Count(pair.Value, pair.Key.ToString().ToLowerInvariant())));
}
