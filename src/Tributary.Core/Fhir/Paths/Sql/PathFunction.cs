namespace Tributary.Core.Fhir.Paths.Sql;

/// <summary>A function: its name, the least and the greatest number of its arguments, and the SQL that a call becomes.</summary>
internal sealed record PathFunction(string Name, int Fewest, int Most, Func<PathCall, PathValue> Apply);
