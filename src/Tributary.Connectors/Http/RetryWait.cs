namespace Tributary.Connectors.Http;

/// <summary>When a request that may succeed later is sent again: as the server asks (Retry-After), else after a while that doubles.</summary>
internal static class RetryWait
{
    /// <summary>How often one request is sent.</summary>
    public const int Tries = 5;

    /// <summary>A server that asks for more is out of reach for now.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    /// <summary>What waiting may heal: too many requests, and most failures of the server.</summary>
    public static bool MayPass(int status) => status is 408 or 425 or 429 or >= 500 and not 501;

    /// <summary>How long the server asks us to wait, from its own clock; null when it does not say.</summary>
    public static TimeSpan? Asked(HttpResponseMessage response) => response.Headers.RetryAfter is { } after
        ? after.Delta ?? (after.Date is { } until && response.Headers.Date is { } now ? until - now : null) : null;

    /// <summary>Half a second, one, two … or what the server asked for.</summary>
    public static Task WaitAsync(int attempt, TimeSpan? asked, TimeProvider clock, CancellationToken cancel)
    {
        var wait = asked is { } span && span >= TimeSpan.Zero ? span : TimeSpan.FromSeconds(Math.Min(0.25 * (1 << Math.Min(attempt, 8)), 60));
        return Task.Delay(wait < Longest ? wait : Longest, clock, cancel);
    }
}
