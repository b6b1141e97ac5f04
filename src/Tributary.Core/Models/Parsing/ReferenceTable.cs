using Tributary.Core.Models.Files;
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
    public sealed record Target(string Id, string Package, string Name, SourcePosition At);

    public IEnumerable<SourceTable> Sources => sources.Values.SelectMany(tables => tables);

    /// <summary>Makes a model or seed known; two of one name in one package are a problem that names both files.</summary>
    public void Add(Target target, Problems problems)
    {
        if (!byName.TryGetValue(target.Name, out var targets)) byName[target.Name] = targets = [];
        if (targets.FirstOrDefault(other => other.Package == target.Package) is { } other)
        {
            problems.Add(ErrorCodes.DuplicateName, target.At, $"'{target.Name}' is defined twice; the other is at {other.At}", "Rename or remove one of them.");
            return;
        }
        targets.Add(target);
    }

    /// <summary>Takes back what its configuration disables; the name is remembered for messages.</summary>
    public void Disable(string name, string id)
    {
        byName[name].RemoveAll(target => target.Id == id);
        disabled.Add(name);
    }

    public bool IsDisabled(string name) => disabled.Contains(name);

    /// <summary>The node that a name means in a package: that package's own, the project's, or the only one elsewhere.</summary>
    public Target? Find(string name, string? package, string fromPackage)
    {
        if (!byName.TryGetValue(name, out var targets)) return null;
        if (package is not null) return targets.FirstOrDefault(target => target.Package == package);
        return targets.FirstOrDefault(target => target.Package == fromPackage)
            ?? targets.FirstOrDefault(target => target.Package == rootPackage)
            ?? targets.FirstOrDefault();
    }

    public SourceTable? FindSource(string source, string table, string fromPackage)
    {
        if (!sources.TryGetValue((source, table), out var tables)) return null;
        return tables.FirstOrDefault(candidate => candidate.Package == fromPackage)
            ?? tables.FirstOrDefault(candidate => candidate.Package == rootPackage)
            ?? tables[0];
    }

    /// <summary>The sentence for a <c>ref</c> that means nothing.</summary>
    public UserError UnknownReference(string name, string? package, SourcePosition at) => new(
        ErrorCodes.UnknownReference, at,
        $"ref('{(package is null ? name : $"{package}', '{name}")}'): " + (disabled.Contains(name) ? $"'{name}' is disabled" : "the project has no model, seed or snapshot of this name"),
        disabled.Contains(name) ? "Enable it, or do not refer to it." : Nearest.Hint(name, [.. byName.Where(entry => entry.Value.Count > 0).Select(entry => entry.Key)]));

    /// <summary>The sentence for a <c>source</c> that means nothing.</summary>
    public UserError UnknownSource(string source, string table, SourcePosition at)
    {
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
