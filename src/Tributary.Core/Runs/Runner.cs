using Tributary.Core.Graph;

namespace Tributary.Core.Runs;

/// <summary>
/// Runs a plan: each step as soon as all that it waits for has succeeded, at most <c>threads</c> at once. A failure skips
/// its descendants only. Fresh nodes are skipped and count as succeeded for those behind them.
/// </summary>
public sealed class Runner(RunContext context, Ledger? ledger, IProgress<RunEvent> watcher)
{
    private readonly StepRun stepRun = new(context, watcher);

    public async Task<RunReport> RunAsync(Plan plan, int threads, CancellationToken cancel)
    {
        var started = context.Clock.GetTimestamp();
        watcher.Report(new RunEvent.Started(context.RunId, plan, context.AsOf));
        var ready = new ReadySteps(plan);
        var running = new Dictionary<Task<StepReport>, PlanStep>();
        var reports = new List<StepReport>(plan.Steps.Count);
        while (true)
        {
            while (running.Count < threads && ready.TryNext(out var step))
                running.Add(StartAsync(step, ready.BlockedBy(step), cancel), step);
            if (running.Count == 0) break;
            var ended = await Task.WhenAny(running.Keys);
            var report = await ended;
            ready.Ended(running[ended], report.Outcome);
            running.Remove(ended);
            reports.Add(report);
            ledger?.Record(report);
            watcher.Report(new RunEvent.NodeEnded(report.Node, report.Outcome, report.FinishedAt - report.StartedAt));
        }
        await context.Scope.DisposeAsync();
        var result = new RunReport(context.RunId, reports, cancel.IsCancellationRequested, context.Clock.GetElapsedTime(started));
        watcher.Report(new RunEvent.Ended(result));
        return result;
    }

    private async Task<StepReport> StartAsync(PlanStep step, Node? blockedBy, CancellationToken cancel)
    {
        var startedAt = context.Clock.GetUtcNow();
        var outcome =
            cancel.IsCancellationRequested ? new Outcome.Skipped(SkipReason.Interrupted, "the run was interrupted before it started")
            : blockedBy is not null ? new Outcome.Skipped(SkipReason.UpstreamFailed, $"{blockedBy.Name} did not succeed")
            : await Task.Run(() => stepRun.RunAsync(step.Node, cancel), CancellationToken.None);
        return new StepReport(step.Node, outcome, startedAt, context.Clock.GetUtcNow());
    }
}
