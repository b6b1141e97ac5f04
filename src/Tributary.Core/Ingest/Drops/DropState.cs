namespace Tributary.Core.Ingest.Drops;

/// <summary>What became of a drop for one stream, as the control schema keeps it.</summary>
public sealed record DropState(string Stream, string Drop, DateTimeOffset At, string State, string? Because, string Signature, bool CanAccept, DateTimeOffset UpdatedAt)
{
    internal const string Taken = "taken";
    internal const string Passed = "passed";
    internal const string Held = "held";
    internal const string Accepted = "accepted";
    internal const string Skipped = "skipped";
}
