using Tributary.Core.Text;

namespace Tributary.Core.Models.SourceFreshness;

/// <summary>How fresh one source table is. <see cref="Status"/> in dbt's words: <c>pass</c>, <c>warn</c>, <c>error</c>, <c>runtime error</c>.</summary>
public sealed record SourceFreshnessResult(string Id, string Name, string Status, DateTimeOffset StartedAt, DateTimeOffset FinishedAt)
{
    public FreshnessRule? Rule { get; init; }

    /// <summary>When the newest record came; the year 1 when there is none.</summary>
    public DateTimeOffset? MaxLoadedAt { get; init; }

    /// <summary>The warehouse's clock when it was asked.</summary>
    public DateTimeOffset? SnapshottedAt { get; init; }

    /// <summary>Why it is not known.</summary>
    public UserError? Error { get; init; }

    public TimeSpan? Age => SnapshottedAt - MaxLoadedAt;

    /// <summary>Too old, or not known.</summary>
    public bool IsFailure => Status is "error" or "runtime error";
}
