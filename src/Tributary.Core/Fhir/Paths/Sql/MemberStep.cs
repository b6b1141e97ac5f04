namespace Tributary.Core.Fhir.Paths.Sql;

/// <summary>A step to an element: from which items, by which name.</summary>
internal sealed record MemberStep(PathValue.Items From, string Name);
