namespace Tributary.Core.Runs.Serving;

/// <summary>
/// One look for news after the other, never two at once: the first at once and over everything, the next when somebody calls or the
/// time between two polls is over. Calls that come while a look is on become one look behind it; none is lost.
/// </summary>
public sealed class NewsWatch(TimeProvider clock, TimeSpan poll, Func<Wake, CancellationToken, Task<bool>> look)
{
    private readonly Lock gate = new();
    private Wake? waiting;
    private TaskCompletionSource called = NewSignal();

    /// <summary>When the last look ended, and whether all that it found went well; null before the first.</summary>
    public (DateTimeOffset At, bool IsWell)? Last { get; private set; }

    /// <summary>Asks for a look; returns at once.</summary>
    public void Call(Wake wake)
    {
        lock (gate)
        {
            waiting = waiting is null ? wake : waiting.With(wake);
            called.TrySetResult();
        }
    }

    /// <summary>Ends only by cancellation. After a look that did not go well the next poll is over everything.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        var wake = new Wake("start", IsWhole: true);
        while (true)
        {
            var isWell = await look(wake, cancel);
            cancel.ThrowIfCancellationRequested();
            Last = (clock.GetUtcNow(), isWell);
            wake = await NextAsync(isWell, cancel);
        }
    }

    private async Task<Wake> NextAsync(bool wasWell, CancellationToken cancel)
    {
        try
        {
            await called.Task.WaitAsync(poll, clock, cancel);
        }
        catch (TimeoutException)
        {
            Call(wasWell ? new Wake("poll") : new Wake("try again", IsWhole: true));
        }
        lock (gate)
        {
            var next = waiting!; // the signal is set together with it
            waiting = null;
            called = NewSignal();
            return next;
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
