using Tributary.Core.Exports;
using Tributary.Core.Metrics;
using Tributary.Core.Models;
using Tributary.Core.Privacy;

namespace Tributary.Core.Projects;

/// <summary>What exports may name: every model that is a relation, with who may see it and what it reveals.</summary>
internal static class ExportRelations
{
    public static ExportCatalog Catalog(ProjectFiles files, ModelProject models, GeneratedParts generated)
    {
        var twins = generated.Twins.Twins.ToDictionary(twin => twin.Model.Name);
        var relations = models.Relations.Select(model => Of(model, twins.GetValueOrDefault(model.Name))).ToList();
        return new ExportCatalog([.. files.Exports.Values], files.Destinations, relations, [.. relations.SelectMany(Identifying)]);
    }

    private static ExportRelation Of(ModelRelation model, AnonymousTwin? twin)
    {
        var isMetrics = model.Name == MetricsLong.Name;
        return new ExportRelation(
            model.NodeId, model.Name, model.Relation, ExportRelation.TrackOf(twin is not null, isMetrics, model.Columns),
            model.Columns, twin?.Made ?? new HashSet<string>(), TwinOf: twin?.Of);
    }

    private static IEnumerable<IdentifyingColumn> Identifying(ExportRelation relation) =>
        relation.Track != Track.Pii ? [] : relation.Columns
            .Where(column => column.Class is not null && ColumnClass.Find(column.Class)?.IsIdentifying == true)
            .Select(column => new IdentifyingColumn(relation.Relation, column.Name, column.Class!)); // not null: filtered above
}
