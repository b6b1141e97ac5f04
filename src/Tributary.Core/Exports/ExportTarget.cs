namespace Tributary.Core.Exports;

/// <summary>What the target of a run allows: its name, whether it is production, and the destinations it may use (null = all).</summary>
public sealed record ExportTarget(string Name, bool IsProduction, IReadOnlyList<string>? Destinations);
