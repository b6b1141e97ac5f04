using Tributary.Core.Exports;
using Tributary.Core.Graph;
using Tributary.Core.Text;

namespace Tributary.Core.Projects;

/// <summary>One connection of the project, asked for real; <paramref name="Wrong"/> is empty when all is well.</summary>
public sealed record ReachedSystem(string Kind, string Name, IReadOnlyList<UserError> Wrong);

/// <summary>Asks every outside system of a project whether it can be used as the project means to. Changes nothing that stays.</summary>
internal static class LiveCheck
{
    /// <summary>The warehouse was reached before this: a session is open.</summary>
    public static async Task<IReadOnlyList<ReachedSystem>> RunAsync(
        RunContext context, NodeGraph graph, IEnumerable<Destination> destinations, CancellationToken cancel)
    {
        var systems = new List<ReachedSystem> { new("warehouse", context.Key.Target, []) };
        foreach (var load in graph.Nodes.Where(node => node.Kind == NodeKind.Load)) systems.Add(new("stream", load.Name, await LookAsync(load, context, cancel)));
        var asked = destinations.ToList();
        var wrong = await LiveDestinations.CheckAsync(asked, cancel);
        systems.AddRange(asked.Select(destination => new ReachedSystem("destination", destination.Name, [.. wrong.Where(error => error.At == destination.At)])));
        return systems;
    }

    private static async Task<IReadOnlyList<UserError>> LookAsync(Node load, RunContext context, CancellationToken cancel)
    {
        try
        {
            await load.CheckAsync(context, cancel);
            return [];
        }
        catch (UserErrorException refused)
        {
            return refused.Errors;
        }
        catch (TransientException unreachable)
        {
            return [new UserError(ErrorCodes.OutOfReach, load.At, unreachable.Message)];
        }
    }
}
