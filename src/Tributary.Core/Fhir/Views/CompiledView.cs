namespace Tributary.Core.Fhir.Views;

/// <summary>A view as one query; its columns with their PostgreSQL types, in order.</summary>
public sealed record CompiledView(string Sql, IReadOnlyList<CompiledColumn> Columns);
