using Tributary.Core.Text;

namespace Tributary.Core.Models.Files;

/// <summary>What properties YAML says of one model, seed, snapshot or singular test.</summary>
public sealed record NodeProperties(string Section, string Name, SourcePosition At)
{
    public required string Package { get; init; }

    /// <summary>The name of its file without extension: the node's, or of a version <c>name_v1</c> or what it says.</summary>
    public required string FileName { get; init; }

    /// <summary>Of a model with versions: which one this is; else null.</summary>
    public string? Version { get; init; }

    /// <summary>Of a model with versions: the one that <c>ref()</c> without a version means.</summary>
    public string? LatestVersion { get; init; }

    public string? DeprecationDate { get; init; }

    /// <summary>The folders between the search path and the file.</summary>
    public IReadOnlyList<string> Folders { get; init; } = [];

    public string Description { get; init; } = "";

    /// <summary>The <c>config:</c> map, with <c>meta</c>, <c>docs</c>, <c>tags</c> and the like of the top level in it.</summary>
    public IReadOnlyDictionary<string, object?> Config { get; init; } = EmptyMap.Instance;

    /// <summary>What a snapshot written in YAML alone copies: <c>ref('x')</c> or <c>source('x', 'y')</c>; null for a snapshot with a file.</summary>
    public string? SnapshotOf { get; init; }

    public IReadOnlyList<ColumnProperties> Columns { get; init; } = [];

    /// <summary>Constraints of the whole model: maps as written.</summary>
    public IReadOnlyList<object?> Constraints { get; init; } = [];

    public IReadOnlyList<TestDeclaration> Tests { get; init; } = [];
}
