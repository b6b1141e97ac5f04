using Tributary.Core.Graph;
using Tributary.Core.Models.Parsing;
using Tributary.Core.Postgres;

namespace Tributary.Core.Models.Docs;

/// <summary>Which relation of the warehouse belongs to which node or source.</summary>
internal sealed class DocsRelations
{
    private readonly Dictionary<string, CatalogRelation> byId = new(StringComparer.Ordinal);

    /// <summary><paramref name="chosen"/>: the ids that are asked for; null for all.</summary>
    public DocsRelations(ParsedProject project, WarehouseCatalog catalog, IReadOnlySet<string>? chosen)
    {
        foreach (var (id, relation) in Places(project))
        {
            if (chosen?.Contains(id) != false && catalog.Find(relation) is { } found) byId[id] = found;
        }
    }

    public IEnumerable<(string Id, CatalogRelation Relation)> OfNodes => Entries(isSource: false);

    public IEnumerable<(string Id, CatalogRelation Relation)> OfSources => Entries(isSource: true);

    public CatalogRelation? Find(string id) => byId.GetValueOrDefault(id);

    /// <summary>The schemas in which the project's relations lie.</summary>
    public static HashSet<string> Schemas(ParsedProject project) => [.. Places(project).Select(place => place.Relation.Schema)];

    private static IEnumerable<(string Id, Relation Relation)> Places(ParsedProject project)
    {
        foreach (var node in project.Nodes)
        {
            if (node.Kind is NodeKind.Model or NodeKind.Seed or NodeKind.Snapshot && !node.IsEphemeral) yield return (node.Id, node.Relation);
        }
        foreach (var source in project.Sources.Values) yield return (source.Id, new Relation(source.Schema, source.Identifier));
    }

    private IEnumerable<(string, CatalogRelation)> Entries(bool isSource) => byId
        .Where(entry => entry.Key.StartsWith("source.", StringComparison.Ordinal) == isSource)
        .OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => (entry.Key, entry.Value));
}
