namespace Tributary.Core.Ingest.Erasing;

/// <summary>Whose records are to go, on whose word and why. The value is nowhere but in memory: not in the ledger, not in a message.</summary>
public sealed record ErasureRequest(string Source, string Value, string Who, string? Reason)
{
    /// <summary>Without the value, which a log must never show.</summary>
    public override string ToString() => $"erasure of a subject of {Source}";
}
