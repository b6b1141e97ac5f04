using System.Text.RegularExpressions;

namespace Tributary.Core.Postgres.ParseTrees;

/// <summary>Makes the <see cref="QueryShape"/> of a probe view out of its tree, the views below it and the catalogue.</summary>
internal static partial class ShapeReader
{
    public static QueryShape Read(ParseCatalog catalog, CatalogRelation probe, string sql)
    {
        var direct = new TreeScan(probe.Oid).Add(probe.Query!);
        var scans = Reach(catalog, direct);
        var functions = scans.SelectMany(scan => scan.Functions).Distinct().Select(catalog.Function).OfType<CalledFunction>()
            .OrderBy(function => function.Schema, StringComparer.Ordinal).ThenBy(function => function.Name, StringComparer.Ordinal)
            .ThenBy(function => function.Oid).ToList();
        var clocks = Clocks(scans, functions, sql).Distinct().ToList();
        var others = Others(scans, functions).Distinct().ToList();
        return new QueryShape(
            Relations(catalog, scans, direct), functions, clocks.Count > 0, others.Count > 0, [.. clocks, .. others], Columns(catalog, probe));
    }

    /// <summary>The query itself and every view that it reads, also through views.</summary>
    private static List<TreeScan> Reach(ParseCatalog catalog, TreeScan direct)
    {
        var scans = new List<TreeScan> { direct };
        var seen = new HashSet<uint>();
        for (var i = 0; i < scans.Count; i++)
        {
            foreach (var oid in scans[i].Relations)
            {
                if (catalog.Relation(oid) is { Query: { } view } && seen.Add(oid)) scans.Add(new TreeScan(oid).Add(view));
            }
        }
        return scans;
    }

    private static List<ReadRelation> Relations(ParseCatalog catalog, List<TreeScan> scans, TreeScan direct) =>
        [.. scans.SelectMany(scan => scan.Relations).Distinct().Select(catalog.Relation).OfType<CatalogRelation>()
            .Select(found => new ReadRelation(found.Oid, found.Relation, found.Kind, direct.Relations.Contains(found.Oid), IsSystem(found.Relation)))
            .OrderBy(read => read.Relation.Schema, StringComparer.Ordinal).ThenBy(read => read.Relation.Name, StringComparer.Ordinal)];

    private static bool IsSystem(Relation relation) => relation.Schema is "pg_catalog" or "information_schema";

    private static IEnumerable<string> Clocks(List<TreeScan> scans, List<CalledFunction> functions, string sql)
    {
        if (scans.Exists(scan => scan.ReadsClock)) yield return "reads the clock (current_date and its like)";
        foreach (var function in functions.Where(StableBuiltIns.ReadsClock)) yield return $"reads the clock ({function.Name})";
        // 'today'::date becomes a constant while it is parsed; only the text still tells.
        if (scans.Exists(scan => scan.HasInstants) && SpecialInstant().IsMatch(sql)) yield return "reads the clock ('now', 'today' and their like)";
    }

    private static IEnumerable<string> Others(List<TreeScan> scans, List<CalledFunction> functions)
    {
        if (scans.Exists(scan => scan.ReadsSession)) yield return "reads the session (current_user and its like)";
        if (scans.Exists(scan => scan.Samples)) yield return "takes a sample without REPEATABLE";
        foreach (var function in functions.Where(function => StableBuiltIns.MayChange(function) && !StableBuiltIns.ReadsClock(function)))
        {
            yield return function.IsBuiltIn
                ? $"calls {function.Name}(), whose result may change by itself"
                : $"calls {function.Schema}.{function.Name}(), which is not declared immutable";
        }
    }

    private static List<OutputColumn> Columns(ParseCatalog catalog, CatalogRelation probe)
    {
        var through = new OriginFinder(catalog, followsViews: true);
        var direct = new OriginFinder(catalog, followsViews: false);
        return [.. probe.Columns.OrderBy(column => column.Key).Select(column => new OutputColumn(
            column.Value.Name, column.Value.Type,
            Name(catalog, through.Of(probe.Query!, column.Key)), Name(catalog, direct.Of(probe.Query!, column.Key))))];
    }

    private static List<ColumnOrigin> Name(ParseCatalog catalog, IReadOnlyCollection<Origin> origins) =>
        [.. origins.Where(origin => catalog.Relation(origin.Relation)?.Columns.ContainsKey(origin.Column) == true)
            .Select(origin => new ColumnOrigin(
                origin.Relation, catalog.Relation(origin.Relation)!.Relation, catalog.Relation(origin.Relation)!.Columns[origin.Column].Name,
                origin.Path, origin.IsTransformed))
            .OrderBy(origin => origin.ToString(), StringComparer.Ordinal)];

    [GeneratedRegex(@"'\s*(now|today|tomorrow|yesterday)\s*'", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SpecialInstant();
}
