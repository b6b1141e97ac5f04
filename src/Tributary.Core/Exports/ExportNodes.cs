using Tributary.Core.Graph;
using Tributary.Core.Text;

namespace Tributary.Core.Exports;

/// <summary>Makes the export nodes of a project, after every check that needs no warehouse.</summary>
public static class ExportNodes
{
    /// <summary>
    /// One node an export. All exports of a run read one snapshot, so each waits until the relations of all have ended: a snapshot that
    /// was taken while another export's relation was still being built would hold its old state. Only its own must have succeeded.
    /// Problems are added, and the export they belong to is left out.
    /// </summary>
    public static IReadOnlyList<ExportNode> Create(ExportCatalog catalog, ExportTarget target, string project, Problems problems)
    {
        var plans = new List<(Export Export, Destination Destination, IReadOnlyList<ExportRelation> Relations)>();
        foreach (var export in catalog.Exports)
        {
            var before = problems.Count;
            if (Find(export, catalog.Destinations, target, problems) is not { } destination) continue;
            var relations = Choose(export, catalog.Relations, problems);
            ExportShape.Check(export, destination, relations, problems);
            if (problems.Count == before) plans.Add((export, destination, relations));
        }
        ExportShape.RefuseSharedCollections([.. plans.Select(plan => (plan.Export, plan.Destination))], problems);
        RefuseSharedNames([.. plans.Select(plan => (plan.Export, plan.Destination))], problems);
        TrackGuard.CheckPlaces(catalog.Destinations.Values, problems);
        var group = plans.SelectMany(plan => plan.Relations).DistinctBy(relation => relation.NodeId)
            .OrderBy(relation => relation.Name, StringComparer.Ordinal).ToList();
        var graph = new Lazy<NodeGraph>(() => NodeGraph.Build(catalog.Nodes));
        return [.. plans.Select(plan => new ExportNode(
            new ExportPlan(plan.Export, plan.Destination, plan.Relations, group, catalog.Identifying, Bases(plan.Relations, catalog))
            {
                Parameters = ExportParameters.Of(plan.Export, catalog.Vars),
                Upstream = new Lazy<IReadOnlyList<Node>>(() => Upstream.Of(graph.Value, plan.Relations)),
            })
        {
            Refusal = TrackGuard.Refusal(plan.Export, plan.Destination, target),
            Id = $"export.{project}.{plan.Export.Name}",
            Name = plan.Export.Name,
            Kind = NodeKind.Export,
            DependsOn = [.. plan.Relations.Select(relation => relation.NodeId)],
            Awaits = [.. group.Select(relation => relation.NodeId)],
            At = plan.Export.At,
            Fqn = [project, "exports", plan.Export.Name],
        })];
    }

    /// <summary>The first destination that the target may use, else the first; null after a problem. All must be able to hold the export.</summary>
    private static Destination? Find(Export export, IReadOnlyDictionary<string, Destination> known, ExportTarget target, Problems problems)
    {
        var found = new List<Destination>();
        foreach (var name in export.To)
        {
            if (known.TryGetValue(name, out var destination))
            {
                TrackGuard.Check(export, destination, problems);
                found.Add(destination);
            }
            else problems.Add(ErrorCodes.UnknownName, export.At, $"Export '{export.Name}' goes to '{name}', which is no destination.", Nearest.Hint(name, [.. known.Keys]));
        }
        if (found.Count < export.To.Count) return null;
        return found.Find(destination => TrackGuard.Refusal(export, destination, target) is null) ?? found[0];
    }

    /// <summary>Two exports of one run that wrote the same name would become <c>x.zip</c> and <c>x_2.zip</c> by who came first.</summary>
    private static void RefuseSharedNames(IReadOnlyList<(Export Export, Destination To)> exports, Problems problems)
    {
        var seen = new Dictionary<(string, string), Export>();
        foreach (var (export, to) in exports.Where(pair => pair.To is FileDestination))
        {
            var pattern = export.File.Replace("{export}", export.Name, StringComparison.Ordinal)
                .Replace("{track}", TrackGuard.Word(export.Track), StringComparison.Ordinal);
            if (seen.TryAdd((to.Name, pattern), export)) continue;
            problems.Add(ErrorCodes.ExportInvalid, export.At,
                $"Exports '{seen[(to.Name, pattern)].Name}' and '{export.Name}' write the same file at '{to.Name}'.",
                "Put {export} into one of their `file:` patterns.");
        }
    }

    private static List<ExportRelation> Bases(IReadOnlyList<ExportRelation> relations, ExportCatalog catalog) =>
        [.. catalog.Relations.Where(candidate => relations.Any(relation => relation.TwinOf == candidate.Name))];

    private static bool Belongs(ExportRelation relation, Track track) =>
        track == Track.Pii ? !relation.IsTwin && relation.Track != Track.Metrics : relation.Track == track;

    private static List<ExportRelation> Choose(Export export, IReadOnlyList<ExportRelation> all, Problems problems)
    {
        var chosen = new Dictionary<string, ExportRelation>();
        foreach (var pattern in export.Relations)
        {
            var glob = new Glob(pattern);
            // A glob takes what belongs to the track ("qr_*" means the twins on anon and the others on pii); a name is a wish to be checked.
            var found = all.Where(relation => glob.IsMatch(relation.Name) && (glob.IsLiteral || Belongs(relation, export.Track))).ToList();
            if (found.Count == 0)
            {
                problems.Add(ErrorCodes.UnknownName, export.At,
                    $"Export '{export.Name}' names '{pattern}', and no model of track {TrackGuard.Word(export.Track)} matches it.",
                    glob.IsLiteral ? Nearest.Hint(pattern, [.. all.Select(relation => relation.Name)]) : null);
            }
            foreach (var relation in found) chosen.TryAdd(relation.Name, relation);
        }
        foreach (var relation in chosen.Values) TrackGuard.Check(export, relation, problems);
        return [.. chosen.Values.OrderBy(relation => relation.Name, StringComparer.Ordinal)];
    }
}
