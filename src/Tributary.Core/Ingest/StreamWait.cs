using Tributary.Core.Graph;
using Tributary.Core.Ingest.Drops;
using Tributary.Core.Text;

namespace Tributary.Core.Ingest;

/// <summary>
/// Stands for the load of a stream in a plan that loads nothing: it fails where what the stream holds may not be shown beside what other
/// streams hold, so that what is made from it keeps its rows, as when loads and models are one plan.
/// </summary>
public sealed class StreamWait : Node
{
    private readonly UserError error;

    private StreamWait(UserError error) => this.error = error;

    /// <summary>The plan with a step of this kind before everything that is made from a stream that is behind its source.</summary>
    public static async Task<Plan> PutIntoAsync(Plan plan, NodeGraph graph, RunContext context, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(context);
        var loads = graph.Nodes.OfType<IngestNode>().ToDictionary(load => load.Stream.Key);
        var behind = await StreamReach.BehindAsync(context, [.. loads.Values.Select(load => load.Stream)], cancel);
        var steps = plan.Steps;
        foreach (var (stream, because) in behind)
        {
            var below = graph.Descendants(loads[stream].Id);
            if (!steps.Any(step => below.Contains(step.Node.Id))) continue;
            var wait = new PlanStep(Of(loads[stream], because), []);
            steps = [wait, .. steps.Select(step => below.Contains(step.Node.Id) ? step with { After = [.. step.After, wait.Node.Id] } : step)];
        }
        return plan with { Steps = steps };
    }

    public override Task<Freshness> CheckAsync(RunContext context, CancellationToken cancel) => Task.FromResult(Freshness.Stale(error.Message));

    public override Task<Outcome> RunAsync(RunContext context, CancellationToken cancel) => Task.FromResult<Outcome>(new Outcome.Failed(error));

    private static StreamWait Of(IngestNode load, string because) => new(new UserError(
        ErrorCodes.StreamBehind, load.At, $"{load.Name} waits: {because}. What is made from it keeps its rows.",
        "`tributary sync` brings it up to date; a held drop needs `tributary drops accept` or `drops skip` before."))
    {
        Id = load.Id,
        Name = load.Name,
        Kind = NodeKind.Load,
        DependsOn = [],
        At = load.At,
        Fqn = load.Fqn,
    };
}
