using Tributary.Core.Models.Caching;
using Tributary.Core.Models.Compiling;
using Tributary.Core.Models.Files;
using Tributary.Core.Models.Parsing.Libraries;
using Tributary.Core.Text;

namespace Tributary.Core.Models.Parsing;

/// <summary>The whole dbt part of a project after discovery. Immutable and shared by all nodes.</summary>
internal sealed class ParsedProject(ModelFiles files, MacroLibrary macros, ReferenceTable references, IReadOnlyList<ParsedNode> nodes)
{
    private readonly Dictionary<string, ParsedNode> byId = nodes.ToDictionary(node => node.Id);
    private readonly Dictionary<string, SourceTable> sources = references.Sources.ToDictionary(source => source.Id);

    public ModelFiles Files => files;

    public ModelSettings Settings => files.Settings;

    public DbtProject Root => files.Project;

    public MacroLibrary Macros => macros;

    public ReferenceTable References => references;

    /// <summary>Where artifacts and SQL for reading are written, absolute.</summary>
    public string TargetFolder => Path.Combine(files.Folder, files.Project.TargetPath);

    /// <summary>Enabled nodes, in a stable order.</summary>
    public IReadOnlyList<ParsedNode> Nodes => nodes;

    public IReadOnlyDictionary<string, SourceTable> Sources => sources;

    /// <summary>The name of this very parse among all that were ever kept; null: it was not kept.</summary>
    [field: NotStored]
    public string? KeptAs { get; set; }

    /// <summary>Where references lead with <c>--defer</c>; set before anything is compiled.</summary>
    [field: NotStored]
    public DeferredRelations? Deferred { get; set; }

    /// <summary>Docs blocks of all packages.</summary>
    public IReadOnlyList<DocBlocks.Block> Docs { get; init; } = [];

    /// <summary>Exposures, metrics, semantic models, saved queries and groups that are enabled.</summary>
    public IReadOnlyList<DeclaredResource> Resources { get; init; } = [];

    /// <summary>What stops nothing and deserves a look.</summary>
    public IReadOnlyList<UserError> Warnings { get; init; } = [];

    public ParsedNode? Find(string id) => byId.GetValueOrDefault(id);
}
