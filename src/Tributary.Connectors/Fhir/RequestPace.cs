namespace Tributary.Connectors.Fhir;

/// <summary>Spaces requests evenly, so that no more than so many a second are sent.</summary>
internal sealed class RequestPace(double? requestsPerSecond, TimeProvider clock)
{
    private readonly Lock gate = new();
    private readonly TimeSpan interval = requestsPerSecond is { } rate ? TimeSpan.FromSeconds(1 / rate) : TimeSpan.Zero;
    private DateTimeOffset next;

    public Task WaitAsync(CancellationToken cancel)
    {
        if (interval == TimeSpan.Zero) return Task.CompletedTask;
        TimeSpan wait;
        lock (gate)
        {
            var now = clock.GetUtcNow();
            if (next < now) next = now;
            wait = next - now;
            next += interval;
        }
        return wait > TimeSpan.Zero ? Task.Delay(wait, clock, cancel) : Task.CompletedTask;
    }
}
