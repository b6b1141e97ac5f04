using Tributary.Core.Graph;
using Tributary.Core.Metrics;
using Tributary.Core.Text;

namespace Tributary.Core.Runs;

/// <summary>One version of a metric means one definition: a changed one is refused before anything runs, a new one is recorded when it was built.</summary>
internal sealed class MetricGate(RunContext context, MetricCatalog catalog)
{
    /// <summary>Throws TRB0505 for the metrics that the plan would build under a version that meant something else.</summary>
    public async Task CheckAsync(Plan plan, CancellationToken cancel)
    {
        if (Built(plan.Steps.Select(step => step.Node)).Count == 0) return;
        await using var connection = await context.Database.OpenAsync(cancel);
        if (await MetricVersions.CheckAsync(connection, context.Key, catalog, cancel) is { Count: > 0 } refused) throw new UserErrorException(refused);
    }

    /// <summary>Works after an interrupt too: what was built was built.</summary>
    public async Task RecordAsync(RunReport report)
    {
        var built = Built(report.Steps.Where(step => step.Outcome is Outcome.Succeeded).Select(step => step.Node));
        if (built.Count == 0) return;
        await using var connection = await context.Database.OpenAsync(CancellationToken.None);
        await MetricVersions.RecordAsync(connection, context, built, CancellationToken.None);
    }

    private List<Metric> Built(IEnumerable<Node> nodes)
    {
        var names = nodes.Where(node => node.Kind == NodeKind.Model).Select(node => node.Name).ToHashSet();
        return [.. catalog.Metrics.Where(metric => names.Contains(metric.ModelName))];
    }
}
