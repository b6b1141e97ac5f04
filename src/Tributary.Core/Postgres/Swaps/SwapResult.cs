namespace Tributary.Core.Postgres.Swaps;

/// <summary>The oid of the relation that now bears the name, and what was recreated over it.</summary>
public sealed record SwapResult(uint Oid, IReadOnlyList<RecreatedRelation> Recreated);
