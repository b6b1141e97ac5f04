namespace Tributary.Core.Postgres.ParseTrees;

/// <summary>
/// A relation that a query reads. <paramref name="Kind"/> is pg_class.relkind: r table, v view, m materialized view, f foreign
/// table, p partitioned table, S sequence. <paramref name="IsDirect"/>: named in the query itself, not only behind a view.
/// <paramref name="IsSystem"/>: it belongs to PostgreSQL (pg_catalog, information_schema).
/// </summary>
public sealed record ReadRelation(uint Oid, Relation Relation, char Kind, bool IsDirect, bool IsSystem);
