namespace Tributary.Core.Fhir.Views;

/// <summary>A column of a compiled view: the name that the view gives, the name in SQL (cut to 63 bytes), its type, its description.</summary>
public sealed record CompiledColumn(string Name, string SqlName, string Type, string Description);
