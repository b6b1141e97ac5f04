namespace Tributary.Core.Graph.Selecting;

/// <summary>
/// Something that a selection can choose, with what dbt's methods ask of it: each step of the graph, and what never runs by
/// itself (sources, exposures, metrics). <paramref name="ResourceType"/> is dbt's word: <c>model</c>, <c>source</c>, <c>unit_test</c>.
/// </summary>
public sealed record Selectable(string Id, string ResourceType, string Name, string Package)
{
    private static readonly IReadOnlyDictionary<string, object?> NoConfig = new Dictionary<string, object?>();

    /// <summary>Package, folders, name; of a model with versions also the version.</summary>
    public IReadOnlyList<string> Fqn { get; init; } = [];

    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>The file that defines it, from its package's folder on.</summary>
    public string File { get; init; } = "";

    /// <summary>The same from the project's folder on.</summary>
    public string ShownFile { get; init; } = "";

    /// <summary>The properties file that speaks of it, from its package's folder on.</summary>
    public string? PatchFile { get; init; }

    /// <summary>Ids, of sources too.</summary>
    public IReadOnlyList<string> DependsOn { get; init; } = [];

    /// <summary>The configuration in full; asked only by <c>config.…:</c>.</summary>
    public Func<IReadOnlyDictionary<string, object?>> Config { get; init; } = static () => NoConfig;

    public string? Group { get; init; }

    /// <summary>Of a model: <c>private</c>, <c>protected</c>, <c>public</c>.</summary>
    public string? Access { get; init; }

    public string? Version { get; init; }

    public string? LatestVersion { get; init; }

    /// <summary>Of a source's table: the source.</summary>
    public string? SourceName { get; init; }

    /// <summary>Of a test: <c>generic</c>, <c>singular</c> or <c>unit</c>.</summary>
    public string? TestType { get; init; }

    /// <summary>Of a generic test: its macro's name.</summary>
    public string? TestName { get; init; }

    /// <summary>Its file holds nothing: listed, never run.</summary>
    public bool IsEmpty { get; init; }

    public bool IsTest => ResourceType is "test" or "unit_test";

    /// <summary>What <c>ls --output name</c> prints.</summary>
    public string SearchName =>
        SourceName is not null ? $"{SourceName}.{Name}" : Version is not null ? $"{Name}.v{Version}" : Name;

    /// <summary>The words that select just this, as <c>ls</c> prints them.</summary>
    public string Selector => ResourceType switch
    {
        "source" => $"source:{Package}.{SourceName}.{Name}",
        "exposure" or "metric" or "saved_query" or "semantic_model" => $"{ResourceType}:{Package}.{Name}",
        "unit_test" => $"unit_test:{Package}.{Name}{(Version is null ? "" : $"_v{Version}")}",
        _ => Fqn.Count > 0 ? string.Join('.', Fqn) : Id,
    };

    /// <summary>A step of which nothing more is known: a load, an export.</summary>
    public static Selectable Of(Node node) => new(node.Id, node.Kind.ToString().ToLowerInvariant(), node.Name, node.Package)
    {
        Fqn = node.Fqn.Count > 0 ? node.Fqn : [node.Package, node.Name],
        Tags = node.Tags,
        File = node.At.File,
        ShownFile = node.At.File,
        DependsOn = node.DependsOn,
    };
}
