using System.Threading.Channels;
using Tributary.Core.Graph;

namespace Tributary.Core.Runs;

/// <summary>The steps of a plan on their way through several workers.</summary>
internal sealed class StepFlow
{
    private readonly Lock gate = new();
    private readonly ReadySteps ready;
    private readonly Channel<(PlanStep Step, Node? BlockedBy)> channel = Channel.CreateUnbounded<(PlanStep, Node?)>();
    private readonly List<StepReport> reports;
    private readonly int count;
    private readonly Node? wrong;

    /// <summary>With <paramref name="wrong"/>, a hook that failed, nothing may start.</summary>
    public StepFlow(Plan plan, Node? wrong)
    {
        this.wrong = wrong;
        ready = new ReadySteps(plan);
        count = plan.Steps.Count;
        reports = new List<StepReport>(count);
        Offer();
    }

    /// <summary>In the order in which they ended.</summary>
    public IReadOnlyList<StepReport> Reports => reports;

    /// <summary>What may start, with the failed node that keeps it from running.</summary>
    public IAsyncEnumerable<(PlanStep Step, Node? BlockedBy)> ReadAsync() => channel.Reader.ReadAllAsync(CancellationToken.None);

    public void Ended(PlanStep step, StepReport report)
    {
        lock (gate)
        {
            reports.Add(report);
            ready.Ended(step, report.Outcome);
            Offer();
        }
    }

    private void Offer()
    {
        while (ready.TryNext(out var step)) channel.Writer.TryWrite((step, wrong ?? ready.BlockedBy(step)));
        if (reports.Count == count) channel.Writer.TryComplete();
    }
}
