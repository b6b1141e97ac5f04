namespace Tributary.Core.Postgres.ParseTrees;

/// <summary>A relation as the catalogue has it: its columns by number, and its query when it is a view.</summary>
internal sealed record CatalogRelation(
    uint Oid, Relation Relation, char Kind, TreeNode? Query, IReadOnlyDictionary<int, CatalogColumn> Columns);
