using Tributary.Core.Text;

namespace Tributary.Core.Models.Files;

/// <summary>
/// What properties declare besides nodes and sources: <paramref name="Kind"/> is <c>exposure</c>, <c>metric</c>,
/// <c>semantic_model</c>, <c>saved_query</c> or <c>group</c>. Nothing is built from it; selections and the graph know it.
/// </summary>
public sealed record DeclaredResource(string Kind, string Package, string Name, SourcePosition At)
{
    public string Id => $"{Kind}.{Package}.{Name}";

    /// <summary>The folders between the search path and the file.</summary>
    public IReadOnlyList<string> Folders { get; init; } = [];

    public IReadOnlyList<string> Fqn => [Package, .. Folders, Name];

    /// <summary>The entry as written, templates rendered, the description with its docs blocks.</summary>
    public IReadOnlyDictionary<string, object?> Values { get; init; } = EmptyMap.Instance;

    /// <summary>Folders of dbt_project.yml and <c>config:</c>, laid over one another; <c>meta</c> and <c>tags</c> of the entry in it.</summary>
    public IReadOnlyDictionary<string, object?> Config { get; init; } = EmptyMap.Instance;

    /// <summary>What it says that it reads, as written: <c>ref('x')</c>.</summary>
    internal IReadOnlyList<(string Text, SourcePosition At)> Reads { get; init; } = [];

    /// <summary>Ids of what it reads.</summary>
    public IReadOnlyList<string> DependsOn { get; init; } = [];

    public string Description => Values.GetValueOrDefault("description") as string ?? "";
}
