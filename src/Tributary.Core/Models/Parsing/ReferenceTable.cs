using Tributary.Core.Models.Files;
using Tributary.Core.Models.Files.Properties;
using Tributary.Core.Text;

namespace Tributary.Core.Models.Parsing;

/// <summary>What a <c>ref</c> or <c>source</c> can mean: names of models, seeds and snapshots by package, and sources.</summary>
internal sealed class ReferenceTable
{
    private readonly Dictionary<string, List<Target>> byName = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Source, string Table), List<SourceTable>> sources = [];
    private readonly HashSet<string> disabled = new(StringComparer.Ordinal);
    private readonly string rootPackage;

    public ReferenceTable(string rootPackage, IEnumerable<SourceTable> tables, Problems problems)
    {
        this.rootPackage = rootPackage;
        foreach (var table in tables) Add(table, problems);
    }

    /// <summary>One thing that can be referred to.</summary>
    public sealed record Target(string Id, string Package, string Name, SourcePosition At)
    {
        /// <summary>Of a model with versions: which one it is.</summary>
        public string? Version { get; init; }

        /// <summary>The one that is meant when no version is asked for.</summary>
        public bool IsLatest { get; init; } = true;
    }

    public IEnumerable<SourceTable> Sources => sources.Values.SelectMany(tables => tables);

    /// <summary>Makes a model or seed known; two of one name in one package are a problem that names both files.</summary>
    public void Add(Target target, Problems problems)
    {
        if (!byName.TryGetValue(target.Name, out var targets)) byName[target.Name] = targets = [];
        if (targets.FirstOrDefault(other => other.Package == target.Package && (other.Version == target.Version || other.Version is null || target.Version is null)) is { } other)
        {
            problems.Add(ErrorCodes.DuplicateName, target.At, $"'{target.Name}' is defined twice; the other is at {other.At}", "Rename or remove one of them.");
            return;
        }
        targets.Add(target);
    }

    /// <summary>Remembers for messages what its configuration disables.</summary>
    public void Disable(string name) => disabled.Add(name);

    public bool IsDisabled(string name) => disabled.Contains(name);

    /// <summary>
    /// The node that a name means in a package: that package's own, the project's, or the only one elsewhere; null when there is
    /// none, or one in several other packages.
    /// </summary>
    public Target? Find(string name, string? package, string fromPackage, string? version = null)
    {
        if (!byName.TryGetValue(name, out var targets)) return null;
        if (package is not null) return In(targets, package, version);
        return In(targets, fromPackage, version) ?? In(targets, rootPackage, version) ?? Only(targets, version);
    }

    private static Target? In(List<Target> targets, string package, string? version)
    {
        foreach (var target in targets)
        {
            if (target.Package == package && Is(target, version)) return target;
        }
        return null;
    }

    private static Target? Only(List<Target> targets, string? version)
    {
        Target? only = null;
        foreach (var target in targets)
        {
            if (!Is(target, version)) continue;
            if (only is not null) return null;
            only = target;
        }
        return only;
    }

    private static bool Is(Target target, string? version) => version is null ? target.IsLatest : target.Version == version;

    public SourceTable? FindSource(string source, string table, string fromPackage)
    {
        if (source.Length == 0) return Only(table);
        if (!sources.TryGetValue((source, table), out var tables)) return null;
        return tables.FirstOrDefault(candidate => candidate.Package == fromPackage)
            ?? tables.FirstOrDefault(candidate => candidate.Package == rootPackage)
            ?? tables[0];
    }

    /// <summary>The one source table of this name, or of the stream of this name; null when there is none, or more than one.</summary>
    private SourceTable? Only(string name)
    {
        var found = Sources.Where(table => table.Name == name || table.Streams.Contains(name)).Take(2).ToList();
        return found.Count == 1 ? found[0] : null;
    }

    /// <summary>The sentence for a <c>ref</c> that means nothing, or more than one thing.</summary>
    public UserError UnknownReference(string name, string? package, SourcePosition at, string? version = null)
    {
        var call = $"ref('{(package is null ? name : $"{package}', '{name}")}'{(version is null ? "" : $", v={version}")})";
        var (message, hint) = Why(name, package, version);
        return new UserError(ErrorCodes.UnknownReference, at, $"{call}: {message}", hint);
    }

    private (string Message, string Hint) Why(string name, string? package, string? version)
    {
        var found = byName.GetValueOrDefault(name) ?? [];
        var versions = found.Where(target => target.Version is not null && (package is null || target.Package == package)).Select(target => target.Version!).Order(Comparer<string>.Create(VersionReader.Compare)).ToList(); // not null: filtered
        if (version is not null && found.Count > 0)
            return versions.Count == 0 ? ($"'{name}' has no versions", "Leave the version out.") : ($"'{name}' has no version {version}", $"It has: {string.Join(", ", versions)}.");
        var packages = found.Where(target => target.IsLatest).Select(target => target.Package).ToList();
        if (package is null && packages.Count > 1) return ($"the packages {string.Join(" and ", packages)} have a '{name}' each", $"Say which one: ref('{packages[0]}', '{name}').");
        if (package is not null && packages.Count > 0) return ($"the package '{package}' has no model, seed or snapshot of this name", $"There is one in {string.Join(", ", packages)}.");
        return disabled.Contains(name)
            ? ($"'{name}' is disabled", "Enable it, or do not refer to it.")
            : ("the project has no model, seed or snapshot of this name", Nearest.Hint(name, [.. byName.Where(entry => entry.Value.Count > 0).Select(entry => entry.Key)]));
    }

    /// <summary>The sentence for a <c>source</c> that means nothing.</summary>
    public UserError UnknownSource(string source, string table, SourcePosition at)
    {
        if (source.Length == 0)
            return new UserError(ErrorCodes.UnknownReference, at, $"changes('{table}'): {(Sources.Any(found => found.Name == table || found.Streams.Contains(table)) ? "several sources have" : "no source has")} a table or stream of this name",
                "Name the source too: changes('SOURCE', 'TABLE').");
        var tables = sources.Keys.Where(key => key.Source == source).Select(key => key.Table).ToList();
        var names = sources.Keys.Select(key => key.Source).Distinct().ToList();
        return new UserError(ErrorCodes.UnknownReference, at,
            tables.Count == 0 ? $"source('{source}', '{table}'): no properties file declares a source '{source}'" : $"source('{source}', '{table}'): the source '{source}' declares no table '{table}'",
            tables.Count == 0 ? Nearest.Hint(source, names) : Nearest.Hint(table, tables));
    }

    private void Add(SourceTable table, Problems problems)
    {
        if (!sources.TryGetValue((table.Source, table.Name), out var tables)) sources[(table.Source, table.Name)] = tables = [];
        if (tables.FirstOrDefault(other => other.Package == table.Package) is { } other)
            problems.Add(ErrorCodes.DuplicateName, table.At, $"the source table '{table.Source}.{table.Name}' is declared twice; the other is at {other.At}", "Remove one of them.");
        else tables.Add(table);
    }
}
