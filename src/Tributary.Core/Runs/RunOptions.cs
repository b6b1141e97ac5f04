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

    /// <summary>From here on microbatch models build their batches; with <see cref="EventTimeEnd"/> or not at all.</summary>
    public DateTimeOffset? EventTimeStart { get; init; }

    /// <summary>Up to here, not included.</summary>
    public DateTimeOffset? EventTimeEnd { get; init; }

    /// <summary>The days of which models in periods are built.</summary>
    public Graph.PeriodRange? Backfill { get; init; }

    /// <summary>The first failure ends the run.</summary>
    public bool FailFast { get; init; }

    /// <summary>Batches of microbatch models that an earlier run left undone, by node id.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<Graph.EventBatch>> BatchesAgain { get; init; } = new Dictionary<string, IReadOnlyList<Graph.EventBatch>>();

    /// <summary>Steps at once; default: the project's.</summary>
    public int? Threads { get; init; }

    /// <summary>The lease under which a step of a job writes (<c>run.step.item.fence</c>); null: nobody's.</summary>
    public string? Lease { get; init; }

    /// <summary>A plain dbt project's warehouse is left alone until a template asks it something.</summary>
    public bool MayStayOffline { get; init; }
}
