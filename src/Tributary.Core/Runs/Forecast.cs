using Tributary.Core.Graph;

namespace Tributary.Core.Runs;

/// <summary>What a step of a plan would do if the plan ran now.</summary>
public sealed record Forecast(Node Node, bool WouldRun, string Because)
{
    /// <summary>
    /// Asks each node in order. A node behind one that would run is said to run too, as its input would change; it may turn out
    /// fresh when the run comes to it.
    /// </summary>
    public static async Task<IReadOnlyList<Forecast>> OfAsync(Plan plan, RunContext context, CancellationToken cancel)
    {
        var forecasts = new Dictionary<string, Forecast>();
        foreach (var step in plan.Steps)
        {
            var moved = step.After.Select(id => forecasts[id]).FirstOrDefault(before => before.WouldRun && before.Node.Kind != NodeKind.Test);
            forecasts[step.Node.Id] =
                context.All ? new Forecast(step.Node, true, "--all was given")
                : moved is not null ? new Forecast(step.Node, true, $"{moved.Node.Name} would run")
                : await AskAsync(step.Node, context, cancel);
        }
        return [.. plan.Steps.Select(step => forecasts[step.Node.Id])];
    }

    private static async Task<Forecast> AskAsync(Node node, RunContext context, CancellationToken cancel)
    {
        var freshness = await node.CheckAsync(context, cancel);
        return new Forecast(node, !freshness.IsFresh, freshness.Because);
    }
}
