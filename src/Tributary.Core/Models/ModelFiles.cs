using Tributary.Core.Graph;
using Tributary.Core.Models.Caching;
using Tributary.Core.Models.Files;
using Tributary.Core.Models.Files.Properties;
using Tributary.Core.Models.Packages;
using Tributary.Core.Models.MacroTests;
using Tributary.Core.Models.Parsing;
using Tributary.Core.Models.UnitTests;
using Tributary.Core.Text;

namespace Tributary.Core.Models;

/// <summary>
/// The first pass over a dbt project: its files and those of its installed packages, read, with properties understood and
/// no model rendered yet. Privacy and the other makers of models read <see cref="Declared"/>; <see cref="ModelProject"/> goes on.
/// </summary>
public sealed class ModelFiles
{
    private const string ProjectFile = "dbt_project.yml";

    private ModelFiles(string folder, ModelSettings settings, IReadOnlyList<PackageFiles> packages,
        IReadOnlyList<NodeProperties> properties, IReadOnlyList<SourceTable> sources)
    {
        Folder = folder;
        Settings = settings;
        Packages = packages;
        Properties = properties;
        Sources = sources;
    }

    /// <summary>The project's folder, absolute.</summary>
    public string Folder { get; }

    public ModelSettings Settings { get; }

    /// <summary>The project itself first, then installed packages by name.</summary>
    public IReadOnlyList<PackageFiles> Packages { get; }

    public DbtProject Project => Packages[0].Project;

    public IReadOnlyList<NodeProperties> Properties { get; }

    public IReadOnlyList<SourceTable> Sources { get; }

    public IReadOnlyList<UnitTestDeclaration> UnitTests { get; private init; } = [];

    public IReadOnlyList<MacroTestDeclaration> MacroTests { get; private init; } = [];

    /// <summary>Exposures, metrics, semantic models, saved queries and groups, disabled ones among them, with what they read as names still.</summary>
    internal IReadOnlyList<DeclaredResource> Resources { get; private init; } = [];

    internal IReadOnlyList<MacroProperties> Macros { get; private init; } = [];

    /// <summary>What stops nothing and deserves a look, in the order in which it was found.</summary>
    public IReadOnlyList<UserError> Warnings { get; private init; } = [];

    /// <summary>What was read on the way, by which a cached parse is known to be the same still.</summary>
    [field: NotStored]
    internal ProjectReads Reads { get; private set; } = new(static _ => null);

    /// <summary>The whole project as an earlier call parsed it; null when that was never or something changed.</summary>
    [field: NotStored]
    internal CachedParse? Cached { get; private set; }

    /// <summary>True when the folder holds a dbt project.</summary>
    public static bool Exists(string folder) => File.Exists(Path.Combine(folder, ProjectFile));

    /// <summary>Reads everything; throws one <see cref="UserErrorException"/> with all problems found.</summary>
    public static ModelFiles Read(string folder, ModelSettings settings)
    {
        var full = Path.GetFullPath(folder);
        var reads = new ProjectReads(settings.Environment);
        var heard = settings with { Environment = reads.Variable, Reads = reads };
        var cached = ParseCache.Load(full, heard, reads);
        var files = cached?.Files ?? ReadAll(full, heard, reads);
        files.Reads = reads;
        files.Cached = cached;
        return files;
    }

    private static ModelFiles ReadAll(string full, ModelSettings settings, ProjectReads reads)
    {
        var problems = new Problems();
        var strings = new YamlTemplates(settings, problems);
        var reader = new PackageReader(full, reads, settings, strings, problems);
        var root = Aimed(reader.Read(full), settings);
        var packages = new List<PackageFiles> { root };
        packages.AddRange(InstalledPackages.Of(root.Project, reads, strings, problems).Select(reader.Read));

        var properties = new List<NodeProperties>();
        var sources = new List<SourceTable>();
        var unitTests = new List<UnitTestDeclaration>();
        var macroTests = new List<MacroTestDeclaration>();
        var resources = new List<DeclaredResource>();
        var macros = new List<MacroProperties>();
        var overrides = new SourceOverrides(root.Properties);
        foreach (var package in packages)
        {
            var values = new YamlValues(strings.Of(root.Project, package.Project), problems);
            foreach (var file in package.Properties)
            {
                var read = new PropertyReader(file, values) { Quoting = root.Project.Quoting, Overrides = package == root ? null : overrides };
                read.Read();
                properties.AddRange(read.Nodes);
                sources.AddRange(read.Sources);
                unitTests.AddRange(read.UnitTests);
                macroTests.AddRange(read.MacroTests);
                resources.AddRange(read.Resources);
                macros.AddRange(read.Macros);
            }
        }
        problems.ThrowIfAny();
        PackageFiles[] understood = [.. packages.Select(package => package with { Properties = [] })];
        return new ModelFiles(full, settings, understood, properties, sources) { Warnings = problems.Warnings, UnitTests = unitTests, MacroTests = macroTests, Resources = resources, Macros = macros };
    }

    private static PackageFiles Aimed(PackageFiles root, ModelSettings settings) =>
        settings.TargetPath is { } path ? root with { Project = root.Project with { TargetPath = path } } : root;

    /// <summary>Models and seeds of the project itself with the columns and classes that their properties declare.</summary>
    public IReadOnlyList<DeclaredModel> Declared
    {
        get
        {
            var byName = Properties.Where(node => node.Package == Project.Name && node.Section is "models" or "seeds").ToLookup(node => node.FileName);
            var files = Packages[0].Models.Select(file => (file.Name, file.Folders, file.Path))
                .Concat(Packages[0].Seeds.Select(file => (file.Name, file.Folders, file.Path)));
            return [.. files.Select(file => Declare(file.Name, file.Folders, file.Path, byName[file.Name].FirstOrDefault()))];
        }
    }

    /// <summary>A model that the engine wrote, with what properties YAML says of its columns.</summary>
    public DeclaredModel Declare(GeneratedModel model)
    {
        var properties = Properties.FirstOrDefault(node => node.Package == Project.Name && node.Section == "models" && node.FileName == model.Name);
        if (properties is null) return DeclaredModel.Of(model);
        return DeclaredModel.Of(model) with
        {
            Columns = [.. GeneratedProperties.Columns(model, properties).Select(Declare)],
            Description = properties.Description.Length > 0 ? properties.Description : model.Description,
        };
    }

    private static DeclaredModel Declare(string name, IReadOnlyList<string> folders, string path, NodeProperties? properties)
    {
        GeneratedColumn[] columns = properties is null ? [] : [.. properties.Columns.Select(Declare)];
        return new DeclaredModel(name, string.Join('/', folders), columns, properties?.At ?? new SourcePosition(path, 1), properties?.Description ?? "");
    }

    /// <summary>A column of properties YAML in the words that all folders share.</summary>
    internal static GeneratedColumn Declare(ColumnProperties column) =>
        new(column.Name, column.Description, column.DataType, column.Class, [.. column.Tests.Select(test => test.Name)]);
}
