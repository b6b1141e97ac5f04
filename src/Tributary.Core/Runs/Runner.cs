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

    /// <summary>Hooks at the start and at the end; a failed one at the start keeps everything from running.</summary>
    public RunHooks Hooks { get; init; } = RunHooks.None;

    /// <summary>The first failure keeps what has not started from starting, and stops what runs.</summary>
    public bool FailFast { get; init; }

    public async Task<RunReport> RunAsync(Plan plan, int threads, CancellationToken cancel)
    {
        var started = context.Clock.GetTimestamp();
        watcher.Report(new RunEvent.Started(context.RunId, plan, context.AsOf));
        MakeRoom(threads);
        var reports = await RunHooksAsync(Hooks.Start, cancel);
        var wrong = reports.Find(report => report.Outcome is Outcome.Failed)?.Node;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var steps = new StepFlow(plan, wrong);
        await Task.WhenAll(Enumerable.Range(1, Math.Clamp(threads, 1, Math.Max(1, plan.Steps.Count))).Select(number => Task.Run(() => WorkAsync(number, steps, stop), CancellationToken.None)));
        reports.AddRange(steps.Reports);
        if (!cancel.IsCancellationRequested) reports.AddRange(await RunHooksAsync(Hooks.End([.. steps.Reports.Select(report => report.ToResult(context))]), cancel));
        await context.Scope.DisposeAsync();
        var result = new RunReport(context.RunId, reports, cancel.IsCancellationRequested, context.Clock.GetElapsedTime(started));
        watcher.Report(new RunEvent.Ended(result));
        return result;
    }

    /// <summary>One worker: takes what may start until nothing is left.</summary>
    private async Task WorkAsync(int number, StepFlow steps, CancellationTokenSource stop)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"Thread-{number} (worker)");
        await foreach (var (step, blockedBy) in steps.ReadAsync())
        {
            context.Traces.Of(step.Node.Id).ThreadId = name;
            var report = await RunAsync(step.Node, blockedBy, stop.Token);
            Tell(report);
            if (FailFast && report.Outcome is Outcome.Failed) await stop.CancelAsync();
            steps.Ended(step, report);
        }
    }

    private async Task<List<StepReport>> RunHooksAsync(IReadOnlyList<Node> hooks, CancellationToken cancel)
    {
        var reports = new List<StepReport>();
        foreach (var hook in hooks)
        {
            var report = await RunAsync(hook, reports.Find(before => before.Outcome is Outcome.Failed)?.Node, cancel);
            Tell(report);
            reports.Add(report);
        }
        return reports;
    }

    private void Tell(StepReport report)
    {
        ledger?.Record(report);
        watcher.Report(new RunEvent.NodeEnded(report.Node, report.Outcome, report.FinishedAt - report.StartedAt));
    }

    private async Task<StepReport> RunAsync(Node node, Node? blockedBy, CancellationToken cancel)
    {
        var startedAt = context.Clock.GetUtcNow();
        var outcome =
            cancel.IsCancellationRequested ? new Outcome.Skipped(SkipReason.Interrupted, "the run was interrupted before it started")
            : blockedBy is not null ? new Outcome.Skipped(SkipReason.UpstreamFailed, $"{blockedBy.Name} did not succeed")
            : await stepRun.RunAsync(node, cancel);
        return new StepReport(node, outcome, startedAt, context.Clock.GetUtcNow());
    }

    /// <summary>Templates wait for the server on pool threads; the pool would give the others theirs only after a while.</summary>
    private static void MakeRoom(int threads)
    {
        ThreadPool.GetMinThreads(out var workers, out var ports);
        if (workers < threads + 4) ThreadPool.SetMinThreads(threads + 4, ports);
    }
}
