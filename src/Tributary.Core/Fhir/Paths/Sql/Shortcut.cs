namespace Tributary.Core.Fhir.Paths.Sql;

/// <summary>A quicker way to the one text of a collection: right unless <paramref name="Doubt"/>, a SQL condition, is true.</summary>
internal sealed record Shortcut(string Doubt, string Sql);
