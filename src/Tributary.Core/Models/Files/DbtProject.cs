using Tributary.Core.Text;
using Tributary.Core.Text.Yaml;

namespace Tributary.Core.Models.Files;

/// <summary>One <c>dbt_project.yml</c>: the project's own or an installed package's. Paths are relative to <see cref="Folder"/>.</summary>
public sealed record DbtProject
{
    /// <summary>The package name, first part of every node's fully qualified name.</summary>
    public required string Name { get; init; }

    /// <summary>Where the package lies, absolute.</summary>
    public required string Folder { get; init; }

    /// <summary>Where its <c>dbt_project.yml</c> lies, as the user knows it.</summary>
    public required SourcePosition At { get; init; }

    public string Version { get; init; } = "";

    public string? Profile { get; init; }

    public IReadOnlyList<string> ModelPaths { get; init; } = ["models"];

    public IReadOnlyList<string> SeedPaths { get; init; } = ["seeds"];

    public IReadOnlyList<string> MacroPaths { get; init; } = ["macros"];

    public IReadOnlyList<string> TestPaths { get; init; } = ["tests"];

    public IReadOnlyList<string> SnapshotPaths { get; init; } = ["snapshots"];

    public IReadOnlyList<string> AnalysisPaths { get; init; } = ["analyses"];

    /// <summary>Where docs blocks are looked for; all the paths of resources when the project names none.</summary>
    public IReadOnlyList<string> DocsPaths { get; init; } = [];

    public IReadOnlyList<string> AssetPaths { get; init; } = [];

    public string TargetPath { get; init; } = "target";

    public string LogPath { get; init; } = "logs";

    public string PackagesInstallPath { get; init; } = "dbt_packages";

    /// <summary>What <c>clean</c> deletes; the target path when the project names nothing.</summary>
    public IReadOnlyList<string> CleanTargets { get; init; } = ["target"];

    /// <summary>Project variables; a map under a package's name holds that package's own.</summary>
    public IReadOnlyDictionary<string, object?> Vars { get; init; } = EmptyMap.Instance;

    /// <summary>Folder configuration by section: <c>models</c>, <c>seeds</c>, <c>tests</c>, <c>snapshots</c>, <c>sources</c>.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, object?>> FolderConfigs { get; init; } =
        new Dictionary<string, IReadOnlyDictionary<string, object?>>();

    /// <summary>Which parts of a relation's name are quoted; all when nothing is said.</summary>
    public Quoting Quoting { get; init; } = Quoting.All;

    /// <summary>Packages to search for a macro of a namespace, in order, where the project says so.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Dispatch { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    public IReadOnlyList<string> OnRunStart { get; init; } = [];

    public IReadOnlyList<string> OnRunEnd { get; init; } = [];

    /// <summary>The <c>flags:</c> map as written.</summary>
    public IReadOnlyDictionary<string, object?> Flags { get; init; } = EmptyMap.Instance;

    /// <summary>Null when the project says nothing of it.</summary>
    public QueryComment? QueryComment { get; init; }

    /// <summary>True when other packages may refer only to this one's public models.</summary>
    public bool RestrictAccess { get; init; }

    /// <summary>The file itself, for the places of what stands in it.</summary>
    internal YamlMap? Tree { get; init; }

    /// <summary>Every folder in which resources, and properties of resources, are looked for.</summary>
    public IReadOnlyList<string> ResourcePaths => [.. new[] { ModelPaths, SeedPaths, SnapshotPaths, AnalysisPaths, MacroPaths, TestPaths }
        .SelectMany(paths => paths).Select(path => path.TrimEnd('/')).Distinct()];
}
