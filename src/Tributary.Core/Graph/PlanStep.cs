namespace Tributary.Core.Graph;

/// <summary>One node of a plan and the ids of the nodes, chosen too, that must have succeeded before it starts.</summary>
public sealed record PlanStep(Node Node, IReadOnlyList<string> After);
