using Tributary.Core.Graph;
using Tributary.Core.Postgres;

namespace Tributary.Core.Models;

/// <summary>Where a model or seed lives in the warehouse and which columns it declares, for those who read it: exports, metrics, checks.</summary>
public sealed record ModelRelation(string NodeId, string Name, Relation Relation, IReadOnlyList<GeneratedColumn> Columns);
