namespace Tributary.Core.Runs.Serving;

/// <summary>
/// Why a look for news begins, and at which sources (null: all). A whole one brings everything up to date, also where no source
/// has anything new: what an earlier run left behind.
/// </summary>
public sealed record Wake(string Cause, IReadOnlySet<string>? Sources = null, bool IsWhole = false)
{
    public bool Concerns(string source) => Sources is null || Sources.Contains(source);

    /// <summary>One look that serves both.</summary>
    public Wake With(Wake other)
    {
        ArgumentNullException.ThrowIfNull(other);
        IReadOnlySet<string>? both = Sources is null || other.Sources is null ? null : new HashSet<string>(Sources.Union(other.Sources), StringComparer.Ordinal);
        var cause = Cause.Split(", ").Contains(other.Cause) ? Cause : $"{Cause}, {other.Cause}";
        return new Wake(cause, both, IsWhole || other.IsWhole);
    }
}
