using Tributary.Core.Models.Compiling;
using Tributary.Core.Models.Context;
using Tributary.Core.Models.Context.Relations;
using Tributary.Core.Models.Parsing;
using Tributary.Core.Text;

namespace Tributary.Core.Models.UnitTests.Comparing;

/// <summary>References of a model whose columns are asked for, while not everything that it reads stands: what is missing becomes an expression.</summary>
internal sealed class ShapeReferences(ParsedProject project, ParsedNode node, WarehouseSession session) : ICollector
{
    private readonly CompileReferences standing = new(project, node);
    private readonly List<ParsedNode> inlined = [];

    public IEnumerable<ParsedNode> Inlined => standing.Ephemerals.Concat(inlined);

    public RelationValue Ref(string? package, string name, object? version, SourcePosition at)
    {
        var relation = standing.Ref(package, name, version, at);
        if (relation.Type == "cte" || session.Catalog.Find(relation.Database, relation.Schema, relation.Identifier) is not null) return relation;
        if (project.References.Find(name, package, node.Package, version is null ? null : PythonText.Of(version)) is not { } found || project.Find(found.Id) is not { } missing) return relation;
        if (!inlined.Contains(missing)) inlined.Add(missing);
        return RelationValue.Ephemeral(missing.Alias);
    }

    public RelationValue Source(string source, string table, SourcePosition at) => standing.Source(source, table, at);

    public object Changes(string? source, string table, bool withDeleted, SourcePosition at) => standing.Changes(source, table, withDeleted, at);

    public void Configure(IEnumerable<KeyValuePair<string, object?>> values) => standing.Configure(values);
}
