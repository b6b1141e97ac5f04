namespace Tributary.Core.Models.Compiling;

/// <summary>
/// A node's SQL as the warehouse gets it. <paramref name="Stable"/> is the same text with the run's instant cut to its day: what
/// freshness compares. <paramref name="ReadsAsOf"/>: it depends on the run's day.
/// </summary>
internal sealed record CompiledNode(string Sql, string Stable, bool ReadsAsOf);
