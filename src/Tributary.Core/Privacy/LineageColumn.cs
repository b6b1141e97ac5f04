using Tributary.Core.Postgres;

namespace Tributary.Core.Privacy;

/// <summary>A column of a built relation, the node that builds it, and the columns that its value comes from.</summary>
public sealed record LineageColumn(string NodeId, Relation Relation, string Name, IReadOnlyList<LineageOrigin> Origins);
