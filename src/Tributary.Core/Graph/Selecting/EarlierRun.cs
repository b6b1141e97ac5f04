namespace Tributary.Core.Graph.Selecting;

/// <summary>What an earlier invocation left in its folder (<c>--state</c>), as far as a selection asks for it.</summary>
public sealed record EarlierRun
{
    /// <summary>
    /// Answers <c>state:</c> for an id and a check (<c>modified</c>, <c>modified.body</c>, <c>new</c> …); null: there is no
    /// manifest to compare with.
    /// </summary>
    public Func<string, string, bool>? Compare { get; init; }

    /// <summary>How each node ended, by id (<c>success</c>, <c>error</c>, <c>fail</c> …); null: there are no results.</summary>
    public IReadOnlyDictionary<string, string>? Results { get; init; }

    /// <summary>Sources with newer data than then; null: freshness is not known of both times.</summary>
    public IReadOnlySet<string>? FresherSources { get; init; }
}
