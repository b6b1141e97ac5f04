namespace Tributary.Core.Graph;

/// <summary>Whether a node must run, and the reason in the user's words (<c>tributary plan</c> prints it).</summary>
public sealed record Freshness(bool IsFresh, string Because)
{
    public static Freshness Fresh(string because = "nothing changed since its last success") => new(true, because);

    public static Freshness Stale(string because) => new(false, because);
}
