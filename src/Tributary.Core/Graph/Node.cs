using Tributary.Core.Text;

namespace Tributary.Core.Graph;

/// <summary>
/// One step of a plan: a load, a seed, a model, a test, an export. It knows how to run and to say whether it must;
/// the Runner knows when.
/// </summary>
public abstract class Node
{
    /// <summary>Unique in the project, as in dbt's manifest: <c>model.engage.stg_patient</c>, <c>load.engage.fhir.Patient</c>, <c>export.engage.anon</c>.</summary>
    public required string Id { get; init; }

    /// <summary>What people call it, and what selectors match first.</summary>
    public required string Name { get; init; }

    public required NodeKind Kind { get; init; }

    /// <summary>Ids of the nodes that must end before this one starts.</summary>
    public required IReadOnlyList<string> DependsOn { get; init; }

    /// <summary>Where the user wrote it.</summary>
    public required SourcePosition At { get; init; }

    /// <summary>dbt's fully qualified name: package, folders, name.</summary>
    public IReadOnlyList<string> Fqn { get; init; } = [];

    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>The dbt package, or the project's name.</summary>
    public string Package => Id.Split('.')[1];

    /// <summary>A value of the node's configuration as text, for <c>config.materialized:table</c>; null when it has none.</summary>
    public virtual string? ConfigValue(string key) => null;

    /// <summary>What <c>test_type:</c> and <c>test_name:</c> match: <c>generic</c>, <c>singular</c>, <c>unit</c>, and the generic test's name.</summary>
    public virtual IReadOnlyList<string> TestTypes => [];

    /// <summary>It takes in the changes of streams, at the cost of the changes: where people wait for them it goes first.</summary>
    public virtual bool FollowsChanges => false;

    /// <summary>
    /// The id of a node that this one depends on by its definition and yet must come before: a unit test's model. A build runs this
    /// when everything before that node is done, and that node only after this succeeded.
    /// </summary>
    public virtual string? Precedes => null;

    /// <summary>Ids of nodes that must end before this one starts when a run has them, well or not: they take nothing from it when they fail.</summary>
    public IReadOnlyList<string> Awaits { get; init; } = [];

    /// <summary>
    /// Says whether the last success still stands (read-only; may compile). Called when everything upstream has ended;
    /// nodes that have no memory (tests of an unconditional verb, exports that were asked for) answer stale.
    /// </summary>
    public abstract Task<Freshness> CheckAsync(RunContext context, CancellationToken cancel);

    /// <summary>
    /// Does the work and commits it together with its success record. Throws <see cref="UserErrorException"/> and
    /// <see cref="TransientException"/>; anything else is a defect of ours. Nothing may be half done after a throw.
    /// </summary>
    public abstract Task<Outcome> RunAsync(RunContext context, CancellationToken cancel);
}
