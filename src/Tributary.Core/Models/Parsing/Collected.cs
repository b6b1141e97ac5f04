using Tributary.Core.Models.Configs;
using Tributary.Core.Models.Context;
using Tributary.Core.Models.Context.Relations;
using Tributary.Core.Text;

namespace Tributary.Core.Models.Parsing;

/// <summary>The calls that a template made while its references were collected.</summary>
internal sealed class Collected(RelationValue self) : ICollector
{
    private readonly List<Reference> references = [];

    /// <summary>One <c>ref</c> or <c>source</c> (<paramref name="Source"/> is then set), with its place.</summary>
    public sealed record Reference(string? Package, string? Source, string Name, SourcePosition At)
    {
        /// <summary>The version that was asked for; null: the latest.</summary>
        public string? Version { get; init; }

        /// <summary>It asks for the changes of a source.</summary>
        public bool IsChanges { get; init; }
    }

    public IReadOnlyList<Reference> References => references;

    /// <summary>The relation that stands for the node until its name is decided.</summary>
    public RelationValue Self => self;

    public void Add(Reference reference) => references.Add(reference);

    /// <summary>What the <c>config()</c> calls said, laid over one another.</summary>
    public Dictionary<string, object?> Config { get; } = new(StringComparer.Ordinal);

    /// <summary>The relation is not known yet; the node's own stands in for it, as in dbt.</summary>
    public RelationValue Ref(string? package, string name, object? version, SourcePosition at)
    {
        references.Add(new Reference(package, null, name, at) { Version = version is null ? null : PythonText.Of(version) });
        return self;
    }

    public RelationValue Source(string source, string table, SourcePosition at)
    {
        references.Add(new Reference(null, source, table, at));
        return self;
    }

    public object Changes(string? source, string table, bool withDeleted, SourcePosition at)
    {
        references.Add(new Reference(null, source ?? "", table, at) { IsChanges = true });
        return self;
    }

    /// <summary>Grants stay as they are written: what <c>+select</c> adds to lies in the folders above.</summary>
    public void Configure(IEnumerable<KeyValuePair<string, object?>> values)
    {
        foreach (var value in values)
        {
            if (value.Key == "grants") Config["grants"] = value.Value;
            else ConfigMerge.Apply(Config, [value]);
        }
    }
}
