namespace Tributary.Core.Exports;

/// <summary>What the target of a run allows: its name, whether it is production, and the destinations it may use (null = all).</summary>
public sealed record ExportTarget(string Name, bool IsProduction, IReadOnlyList<string>? Destinations)
{
    /// <summary>Production destinations are for production targets, and a target may name those that it uses.</summary>
    public bool MayUse(Destination destination) =>
        (IsProduction || !destination.Production) && (Destinations is null || Destinations.Contains(destination.Name));
}
