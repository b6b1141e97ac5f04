namespace Tributary.Core.Fhir.Paths.Sql;

/// <summary>A quicker way to the one text of a collection: SQL around the exact expression, which it falls back to where it is in doubt.</summary>
internal sealed record Shortcut(Func<string, string> Around);
