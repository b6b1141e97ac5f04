namespace Tributary.Core.Graph;

/// <summary>One node of a plan and the ids of the nodes, chosen too, that must have succeeded before it starts.</summary>
public sealed record PlanStep(Node Node, IReadOnlyList<string> After)
{
    /// <summary>Ids of further nodes, chosen too, that must have ended before it starts, well or not.</summary>
    public IReadOnlyList<string> Awaits { get; init; } = [];

    /// <summary>All that it waits for.</summary>
    public IEnumerable<string> Before => After.Concat(Awaits);
}
