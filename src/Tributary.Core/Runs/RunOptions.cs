namespace Tributary.Core.Runs;

/// <summary>How a run was asked for.</summary>
public sealed record RunOptions
{
    /// <summary>The instant that the run speaks of; default: when it starts.</summary>
    public DateTimeOffset? AsOf { get; init; }

    /// <summary>Build fresh nodes too.</summary>
    public bool All { get; init; }

    /// <summary>Rebuild incremental models and seeds from nothing.</summary>
    public bool FullRefresh { get; init; }

    /// <summary>Steps at once; default: the project's.</summary>
    public int? Threads { get; init; }
}
