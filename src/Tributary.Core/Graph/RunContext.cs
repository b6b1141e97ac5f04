using Microsoft.Extensions.Logging;
using Tributary.Core.Postgres;

namespace Tributary.Core.Graph;

/// <summary>What every node of a run needs: the warehouse, the clock, the run's one instant and who is watching.</summary>
public sealed record RunContext
{
    public required Database Database { get; init; }

    public required TimeProvider Clock { get; init; }

    public required ILogger Logger { get; init; }

    /// <summary>A sortable id (UUID version 7 without dashes) that stands in every log line, ledger row and application_name.</summary>
    public required string RunId { get; init; }

    public required ProjectKey Key { get; init; }

    /// <summary>The instant that this run speaks of, UTC; our own SQL reads it and never <c>now()</c>.</summary>
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>The project's git commit, null outside a repository; ends in <c>+</c> when files differ from it.</summary>
    public string? Commit { get; init; }

    /// <summary>Rebuild incremental models and seeds from nothing.</summary>
    public bool FullRefresh { get; init; }

    /// <summary>
    /// The warehouse holds the control schema. A plain dbt project leaves it alone: no success is recorded there, nothing is
    /// fresh, and no ledger is kept.
    /// </summary>
    public bool HasControl { get; init; } = true;

    /// <summary>Microbatch models build the batches of events from here on; null: those that each of them needs.</summary>
    public DateTimeOffset? EventTimeStart { get; init; }

    /// <summary>Microbatch models build the batches of events before this; null: up to the run's instant.</summary>
    public DateTimeOffset? EventTimeEnd { get; init; }

    /// <summary>Batches to be built again by node id, instead of those that the node needs.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<EventBatch>> BatchesAgain { get; init; } = new Dictionary<string, IReadOnlyList<EventBatch>>();

    /// <summary>The batch that a microbatch model builds now; null outside one.</summary>
    public EventBatch? Batch { get; init; }

    /// <summary>The period that a model is built for now; null outside one.</summary>
    public Period? Period { get; init; }

    /// <summary>Models in periods build those of these days; null: those that each of them needs.</summary>
    public PeriodRange? Backfill { get; init; }

    /// <summary>Build fresh nodes too.</summary>
    public bool All { get; init; }

    /// <summary>Receives rows and bytes while a node works; must be cheap and thread-safe.</summary>
    public IProgress<NodeProgress> Progress { get; init; } = NoProgress.Instance;

    /// <summary>Where templates print lines that are results (dbt's <c>print()</c>): stdout of the program.</summary>
    public Action<string> Print { get; init; } = static _ => { };

    /// <summary>Where templates say what everyone is to read (dbt's <c>log(…, info=True)</c>): stderr of the program.</summary>
    public Action<string> Say { get; init; } = static _ => { };

    /// <summary>What operators have set, and the defaults where nobody has; by name, as plain values.</summary>
    public IReadOnlyDictionary<string, object?> Settings { get; init; } = new Dictionary<string, object?>();

    /// <summary>What earlier successes left, read once when the run starts and kept up as its nodes commit.</summary>
    public required SuccessRecords Successes { get; init; }

    /// <summary>What the nodes of this run share; the Runner disposes it.</summary>
    public RunScope Scope { get; init; } = new();

    /// <summary>What the nodes tell of themselves beside their outcomes.</summary>
    public RunTraces Traces { get; init; } = new();

    private sealed class NoProgress : IProgress<NodeProgress>
    {
        public static readonly NoProgress Instance = new();

        public void Report(NodeProgress value)
        {
        }
    }
}
