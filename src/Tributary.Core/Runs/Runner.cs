using System.Globalization;
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
        MakeRoom(threads);
        var steps = new StepFlow(plan);
        await Task.WhenAll(Enumerable.Range(1, Math.Clamp(threads, 1, Math.Max(1, plan.Steps.Count))).Select(number => Task.Run(() => WorkAsync(number, steps, cancel), CancellationToken.None)));
        await context.Scope.DisposeAsync();
        var result = new RunReport(context.RunId, steps.Reports, cancel.IsCancellationRequested, context.Clock.GetElapsedTime(started));
        watcher.Report(new RunEvent.Ended(result));
        return result;
    }

    /// <summary>One worker: takes what may start until nothing is left.</summary>
    private async Task WorkAsync(int number, StepFlow steps, CancellationToken cancel)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"Thread-{number} (worker)");
        await foreach (var (step, blockedBy) in steps.ReadAsync())
        {
            context.Traces.Of(step.Node.Id).ThreadId = name;
            var report = await RunAsync(step, blockedBy, cancel);
            ledger?.Record(report);
            watcher.Report(new RunEvent.NodeEnded(report.Node, report.Outcome, report.FinishedAt - report.StartedAt));
            steps.Ended(step, report);
        }
    }

    private async Task<StepReport> RunAsync(PlanStep step, Node? blockedBy, CancellationToken cancel)
    {
        var startedAt = context.Clock.GetUtcNow();
        var outcome =
            cancel.IsCancellationRequested ? new Outcome.Skipped(SkipReason.Interrupted, "the run was interrupted before it started")
            : blockedBy is not null ? new Outcome.Skipped(SkipReason.UpstreamFailed, $"{blockedBy.Name} did not succeed")
            : await stepRun.RunAsync(step.Node, cancel);
        return new StepReport(step.Node, outcome, startedAt, context.Clock.GetUtcNow());
    }

    /// <summary>Templates wait for the server on pool threads; the pool would give the others theirs only after a while.</summary>
    private static void MakeRoom(int threads)
    {
        ThreadPool.GetMinThreads(out var workers, out var ports);
        if (workers < threads + 4) ThreadPool.SetMinThreads(threads + 4, ports);
    }
}
