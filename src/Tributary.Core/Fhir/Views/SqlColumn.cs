namespace Tributary.Core.Fhir.Views;

/// <summary>A column of a SELECT: its name in the view, its expression and its PostgreSQL type.</summary>
internal sealed record SqlColumn(string Name, string Sql, string Type);
