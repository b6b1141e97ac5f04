using Tributary.Core.Graph;
using Tributary.Core.Text;

namespace Tributary.Core.Runs;

/// <summary>
/// One step from check to outcome. The only place where exceptions become outcomes and where what is transient is tried
/// again, after 1, 5 and 25 seconds.
/// </summary>
internal sealed class StepRun(RunContext context, IProgress<RunEvent> watcher)
{
    private static readonly TimeSpan[] Waits = [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(25)];

    /// <summary>False where the caller tries again by itself.</summary>
    public bool TriesAgain { get; init; } = true;

    public async Task<Outcome> RunAsync(Node node, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            var outcome = await TryAsync(node, attempt, cancel);
            if (outcome is not Outcome.Failed { Transient: true } failed || !TriesAgain || attempt > Waits.Length || cancel.IsCancellationRequested) return outcome;
            var wait = Waits[attempt - 1];
            watcher.Report(new RunEvent.Retrying(node, failed.Error.Message, wait));
            await Task.Delay(wait, context.Clock, cancel).ContinueWith(_ => { }, TaskScheduler.Default);
        }
    }

    private Task<Outcome> TryAsync(Node node, int attempt, CancellationToken cancel) => TryAsync(node, async () =>
    {
        if (!context.All)
        {
            var freshness = await node.CheckAsync(context, cancel);
            if (freshness.IsFresh) return new Outcome.Skipped(SkipReason.Fresh, freshness.Because);
        }
        watcher.Report(new RunEvent.NodeStarted(node, attempt));
        return await node.RunAsync(context, cancel);
    }, cancel);

    /// <summary>Work of a node, with what it throws as an outcome.</summary>
    public static async Task<Outcome> TryAsync(Node node, Func<Task<Outcome>> work, CancellationToken cancel)
    {
        try
        {
            return await work();
        }
        catch (Exception error)
        {
            return cancel.IsCancellationRequested
                ? new Outcome.Skipped(SkipReason.Interrupted, "interrupted; what stood before still stands")
                : Failure(node, error);
        }
    }

    private static Outcome.Failed Failure(Node node, Exception error) => error switch
    {
        UserErrorException wrong => new(Joined(wrong.Errors), Cause: error),
        TransientException transient => new(new UserError(ErrorCodes.OutOfReach, node.At, transient.Message, "Nothing was changed; it is tried again."), Transient: true, error),
        _ => new(new UserError(ErrorCodes.Defect, node.At, $"{error.GetType().Name}: {error.Message}", "This is a defect of Tributary; please report it with --log-level debug output."), Cause: error),
    };

    private static UserError Joined(IReadOnlyList<UserError> errors) =>
        errors.Count == 1 ? errors[0] : errors[0] with { Message = string.Join("\n", errors.Select(error => error.Message)) };
}
