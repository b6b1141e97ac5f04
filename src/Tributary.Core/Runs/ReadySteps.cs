using System.Diagnostics.CodeAnalysis;
using Tributary.Core.Graph;

namespace Tributary.Core.Runs;

/// <summary>Which steps of a plan may start now, in the plan's order; single-threaded, owned by the Runner.</summary>
internal sealed class ReadySteps
{
    private readonly Dictionary<string, int> waitingFor;
    private readonly Dictionary<string, List<PlanStep>> behind = [];
    private readonly Dictionary<string, Node> blocked = [];
    private readonly Queue<PlanStep> ready = new();

    public ReadySteps(Plan plan)
    {
        waitingFor = plan.Steps.ToDictionary(step => step.Node.Id, step => step.Before.Count());
        foreach (var step in plan.Steps)
        {
            if (!step.Before.Any()) ready.Enqueue(step);
            foreach (var before in step.Before)
            {
                if (!behind.TryGetValue(before, out var list)) behind[before] = list = [];
                list.Add(step);
            }
        }
    }

    public bool TryNext([NotNullWhen(true)] out PlanStep? step) => ready.TryDequeue(out step);

    /// <summary>The failed node that keeps this step from running; null when it may run.</summary>
    public Node? BlockedBy(PlanStep step) => blocked.GetValueOrDefault(step.Node.Id);

    public void Ended(PlanStep step, Outcome outcome)
    {
        var blocks = outcome is Outcome.Failed or Outcome.Skipped { Reason: SkipReason.UpstreamFailed or SkipReason.Interrupted };
        foreach (var next in behind.GetValueOrDefault(step.Node.Id) ?? [])
        {
            // The node that really failed is named, not the one in between that was skipped for it.
            if (blocks && !next.Awaits.Contains(step.Node.Id)) blocked.TryAdd(next.Node.Id, blocked.GetValueOrDefault(step.Node.Id) ?? step.Node);
            if (--waitingFor[next.Node.Id] == 0) ready.Enqueue(next);
        }
    }
}
