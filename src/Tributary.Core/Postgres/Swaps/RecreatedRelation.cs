namespace Tributary.Core.Postgres.Swaps;

/// <summary>A view or materialized view that had to be dropped and made anew, because columns below it changed.</summary>
public sealed record RecreatedRelation(Relation Relation, uint OldOid, uint NewOid);
