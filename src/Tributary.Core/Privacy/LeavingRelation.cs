using Tributary.Core.Postgres;

namespace Tributary.Core.Privacy;

/// <summary>A relation that is about to leave on the anonymous track, with its real columns.</summary>
public sealed record LeavingRelation(string Name, Relation Relation, IReadOnlyList<LeavingColumn> Columns);
