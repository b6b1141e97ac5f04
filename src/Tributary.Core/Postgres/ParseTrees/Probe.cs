namespace Tributary.Core.Postgres.ParseTrees;

/// <summary>What came of one query of many: its shape, or why the server refused it (lines count in the query).</summary>
public sealed record Probe(QueryShape? Shape, DatabaseError? Refused);
