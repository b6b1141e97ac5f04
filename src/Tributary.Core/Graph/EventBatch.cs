namespace Tributary.Core.Graph;

/// <summary>
/// One batch of a microbatch model: events from <paramref name="Start"/> (included) to <paramref name="End"/> (not included), UTC.
/// <paramref name="Id"/> is its first day, or day and hour: <c>20240917</c>, <c>20240917T16</c>.
/// </summary>
public sealed record EventBatch(DateTimeOffset Start, DateTimeOffset End, string Id)
{
    /// <summary>Hooks before the model run with this batch.</summary>
    public bool IsFirst { get; init; }

    /// <summary>Hooks after the model run with this batch.</summary>
    public bool IsLast { get; init; }

    /// <summary>It joins a table that stands; else it makes the table.</summary>
    public bool IsIncremental { get; init; }
}
