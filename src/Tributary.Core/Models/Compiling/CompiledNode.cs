using Tributary.Core.Models.Changes;

namespace Tributary.Core.Models.Compiling;

/// <summary>
/// A node's SQL as the warehouse gets it. <paramref name="Stable"/> is the same text with the run's instant cut to its day: what
/// freshness compares. <paramref name="ReadsAsOf"/>: it depends on the run's day.
/// </summary>
internal sealed record CompiledNode(string Sql, string Stable, bool ReadsAsOf)
{
    /// <summary>What <c>changes()</c> stood for; null when nothing asked.</summary>
    public ChangeReading? Reading { get; init; }

    /// <summary>It is about the keys that were touched, not about everything.</summary>
    public bool IsLater => Reading?.Keys is not null;
}
