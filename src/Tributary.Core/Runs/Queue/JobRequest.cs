using Tributary.Core.Jobs;

namespace Tributary.Core.Runs.Queue;

/// <summary>One run of a job that is wanted: by whom or what, and for which instant (null: now, asked for by hand).</summary>
public sealed record JobRequest(Job Job, string Cause, DateTimeOffset? Due)
{
    /// <summary>Parameters that differ from the job's own.</summary>
    public IReadOnlyDictionary<string, object?> Vars { get; init; } = new Dictionary<string, object?>();

    /// <summary><c>queued</c>, or how a run is recorded that is not to happen: <c>skipped</c>, <c>disabled</c>.</summary>
    public string State { get; init; } = "queued";

    /// <summary>Why it does not happen.</summary>
    public string? Because { get; init; }
}
