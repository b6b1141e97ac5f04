namespace Tributary.Core.Postgres.ParseTrees;

/// <summary>
/// One output column: name, type as <c>format_type</c> writes it, and where its value comes from.
/// <paramref name="Direct"/> stops at the relations that the query names; <paramref name="Origins"/> follows views to what
/// lies behind them. What only filters, joins or sorts is no origin.
/// </summary>
public sealed record OutputColumn(
    string Name, string Type, IReadOnlyList<ColumnOrigin> Origins, IReadOnlyList<ColumnOrigin> Direct);
