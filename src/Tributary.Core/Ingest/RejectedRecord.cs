namespace Tributary.Core.Ingest;

/// <summary>A reject as the ledger keeps it; its bytes are asked for separately, because they may hold personal data.</summary>
public sealed record RejectedRecord(
    long Id, string Stream, long Load, string RunId, string? File, long? Line, long? Offset, long Length,
    string Reason, string Detail, string Status, DateTime RejectedAt);
