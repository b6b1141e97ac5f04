namespace Tributary.Core.Models;

/// <summary>How documentation is asked for: with the warehouse's facts of the chosen (null: all) or none, and whether also as one file alone.</summary>
public sealed record DocsRequest(IReadOnlySet<string>? Chosen = null, bool EmptyCatalog = false, bool AlsoStatic = false);
