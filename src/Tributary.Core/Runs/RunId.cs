namespace Tributary.Core.Runs;

/// <summary>Ids of runs: 32 hex digits that sort by time (UUID version 7, RFC 9562 section 5.7).</summary>
public static class RunId
{
    public static string New(TimeProvider clock) => Guid.CreateVersion7(clock.GetUtcNow()).ToString("N");
}
