using Tributary.Core.Text;

namespace Tributary.Core.Graph;

/// <summary>How a node ended; a value at the node's edge, never an exception.</summary>
public abstract record Outcome
{
    /// <summary>How each batch of a microbatch model ended; null for everything else.</summary>
    public BatchResults? Batches { get; init; }

    /// <summary>Done and committed.</summary>
    public sealed record Succeeded(Counts Counts, string? Note = null) : Outcome;

    /// <summary>
    /// Not done; the old state stands. <paramref name="Transient"/> asks the Runner to try again. <paramref name="Counts"/>: of a test
    /// that ran and found rows; null when the node broke.
    /// </summary>
    public sealed record Failed(UserError Error, bool Transient = false, Exception? Cause = null, Counts? Counts = null) : Outcome;

    /// <summary>Done, and what it found deserves a look (a test of severity warn).</summary>
    public sealed record Warned(UserError Warning, Counts Counts) : Outcome;

    /// <summary>Not run, with the reason: fresh, upstream failed, disabled.</summary>
    public sealed record Skipped(SkipReason Reason, string Because) : Outcome;
}
