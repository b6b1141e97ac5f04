using Tributary.Core.Models.UnitTests.Fixtures;
using Tributary.Core.Models.Context;
using Tributary.Core.Models.Context.Relations;
using Tributary.Core.Models.Parsing;
using Tributary.Core.Text;

namespace Tributary.Core.Models.UnitTests.Comparing;

/// <summary>Answers <c>ref</c> and <c>source</c> by a test's inputs, and notes which of them are used.</summary>
internal sealed class FixtureReferences(ParsedProject project, string package, IReadOnlyDictionary<string, FixtureRows> inputs) : ICollector
{
    private readonly Dictionary<string, string> used = new(StringComparer.Ordinal);

    /// <summary>Ids of the inputs that were asked for, with the names of their expressions, in that order.</summary>
    public IReadOnlyDictionary<string, string> Used => used;

    /// <summary>What to say of a reference that has no input; null: the relation itself is read.</summary>
    public Func<string, SourcePosition, UserErrorException>? Missing { get; init; }

    /// <summary>The table as it stands, when the test says so.</summary>
    public RelationValue? This(ParsedNode model) => inputs.ContainsKey(model.Id) ? Use(model.Id, NameOf(model.Name, model.Version)) : null;

    public RelationValue Ref(string? inPackage, string name, object? version, SourcePosition at)
    {
        var asked = version is null ? null : PythonText.Of(version);
        var found = project.References.Find(name, inPackage, package, asked) ?? throw new UserErrorException([project.References.UnknownReference(name, inPackage, at, asked)]);
        if (inputs.ContainsKey(found.Id)) return Use(found.Id, NameOf(found.Name, found.Version));
        if (Missing is null) return new Running.OperationReferences(project, package).Ref(inPackage, name, version, at);
        throw Missing($"ref('{(inPackage is null ? "" : inPackage + "', '")}{name}'{(asked is null ? "" : $", v={asked}")})", at);
    }

    public RelationValue Source(string source, string table, SourcePosition at)
    {
        var found = project.References.FindSource(source, table, package) ?? throw new UserErrorException([project.References.UnknownSource(source, table, at)]);
        if (inputs.ContainsKey(found.Id)) return Use(found.Id, $"{source}__{table}");
        if (Missing is null) return new Running.OperationReferences(project, package).Source(source, table, at);
        throw Missing($"source('{source}', '{table}')", at);
    }

    /// <summary>An input stands for the rows that changed; it is named as a source is.</summary>
    public object Changes(string? source, string table, bool withDeleted, SourcePosition at)
    {
        var found = project.References.FindSource(source ?? "", table, package) ?? throw new UserErrorException([project.References.UnknownSource(source ?? "", table, at)]);
        return Source(found.Source, found.Name, at);
    }

    /// <summary>Configuration was settled by discovery.</summary>
    public void Configure(IEnumerable<KeyValuePair<string, object?>> values)
    {
    }

    private static string NameOf(string name, string? version) => version is null ? name : $"{name}_v{version}";

    private RelationValue Use(string id, string name)
    {
        used.TryAdd(id, RelationValue.EphemeralPrefix + name);
        return RelationValue.Ephemeral(name);
    }
}
