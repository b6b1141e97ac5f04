using Tributary.Core.Graph;
using Tributary.Core.Ingest;

namespace Tributary.Core.Runs;

/// <summary>
/// Stays with one stream, once an instance: brings it up to date, follows it where its source is live, asks again after a while where it is not. Whatever goes wrong
/// is said and tried again, later and later up to a minute; other streams do not notice.
/// </summary>
internal sealed class StreamFollower(RunContext context, IProgress<RunEvent> watcher, TimeSpan poll)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    private readonly StepRun step = new(context, watcher) { TriesAgain = false };
    private int failures;

    /// <summary>Ends only by cancellation; the stream's last outcome.</summary>
    public async Task<StepReport> RunAsync(IngestNode load, CancellationToken cancel)
    {
        var startedAt = context.Clock.GetUtcNow();
        Outcome outcome = new Outcome.Skipped(SkipReason.Interrupted, "interrupted before it started");
        for (failures = 0; !cancel.IsCancellationRequested;)
        {
            outcome = load.Stream.Source.IsLive
                ? await StepRun.TryAsync(load, () => load.FollowAsync(context, done => Following(load, done), cancel), cancel)
                : await PollAsync(load, cancel);
            if (cancel.IsCancellationRequested) break;
            if (outcome is Outcome.Failed failed) await WaitAsync(load, failed, cancel);
            else await DelayAsync(poll, cancel);
        }
        return new StepReport(load, outcome, startedAt, context.Clock.GetUtcNow());
    }

    private void Following(IngestNode load, Outcome outcome)
    {
        failures = 0;
        watcher.Report(new RunEvent.NodeEnded(load, outcome, TimeSpan.Zero));
        watcher.Report(new RunEvent.Following(load));
    }

    private async Task<Outcome> PollAsync(IngestNode load, CancellationToken cancel)
    {
        var outcome = await step.RunAsync(load, cancel);
        if (outcome is Outcome.Succeeded) watcher.Report(new RunEvent.NodeEnded(load, outcome, TimeSpan.Zero));
        if (outcome is not Outcome.Failed) failures = 0;
        return outcome;
    }

    private async Task WaitAsync(IngestNode load, Outcome.Failed failed, CancellationToken cancel)
    {
        var wait = TimeSpan.FromSeconds(Math.Min(LongestWait.TotalSeconds, failed.Transient ? Math.Pow(2, Math.Min(failures++, 6)) : 15));
        watcher.Report(new RunEvent.Retrying(load, failed.Error.Message, wait));
        await DelayAsync(wait, cancel);
    }

    private Task DelayAsync(TimeSpan wait, CancellationToken cancel) =>
        Task.Delay(wait, context.Clock, cancel).ContinueWith(_ => { }, TaskScheduler.Default);
}
