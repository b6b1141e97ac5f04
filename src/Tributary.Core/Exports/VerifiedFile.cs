namespace Tributary.Core.Exports;

/// <summary>A delivery and what is wrong with its file; <paramref name="Wrong"/> is null when it stands as delivered.</summary>
public sealed record VerifiedFile(Delivery Delivery, string? Wrong)
{
    public bool Stands => Wrong is null;
}
