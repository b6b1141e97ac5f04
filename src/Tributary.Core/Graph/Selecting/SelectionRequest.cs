namespace Tributary.Core.Graph.Selecting;

/// <summary>What was asked for on the command line, and what its words are held against.</summary>
public sealed record SelectionRequest
{
    /// <summary>Words of <c>--select</c>; null: the default selector, or everything.</summary>
    public IReadOnlyList<string>? Select { get; init; }

    public IReadOnlyList<string>? Exclude { get; init; }

    /// <summary>A name of <c>selectors.yml</c>; wins over words.</summary>
    public string? Selector { get; init; }

    /// <summary>Kinds that may be chosen, in dbt's words; null: all.</summary>
    public IReadOnlySet<string>? ResourceTypes { get; init; }

    public IndirectSelection Indirect { get; init; } = IndirectSelection.Eager;

    /// <summary>The selectors of <c>selectors.yml</c>; asked when they matter.</summary>
    public Func<NamedSelectors> Selectors { get; init; } = static () => NamedSelectors.None;

    /// <summary>The folder of earlier artifacts, from the project's folder on or absolute; null: none.</summary>
    public string? StateFolder { get; init; }

    /// <summary>What that folder holds; asked by the methods that compare.</summary>
    public Func<EarlierRun?> Earlier { get; init; } = static () => null;

    /// <summary>The root package's name, for <c>package:this</c>.</summary>
    public string RootPackage { get; init; } = "";

    /// <summary>The project's folder, absolute.</summary>
    public string Folder { get; init; } = "";

    /// <summary>Hears of criteria that match nothing.</summary>
    public Action<string> Warn { get; init; } = static _ => { };
}
