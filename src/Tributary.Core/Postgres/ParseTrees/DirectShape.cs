using System.Collections.Concurrent;
using System.Globalization;
using Tributary.Core.Text;

namespace Tributary.Core.Postgres.ParseTrees;

/// <summary>
/// The shape of one view's query with what it names itself, and not with what lies behind the views that it names: enough where
/// those are recorded by themselves. <paramref name="rows"/> asks the server; PostgreSQL's own functions are asked once.
/// </summary>
internal sealed class DirectShape(Func<string, string[], IReadOnlyList<object?[]>> rows, ConcurrentDictionary<uint, CalledFunction> builtIns)
{
    /// <summary>The query that takes the view's name, as <c>regclass</c> reads it.</summary>
    public static string Query => Sql.Read("Postgres/ParseTrees/read_direct.sql");

    /// <summary><paramref name="direct"/> is what <see cref="Query"/> returned; null when it was no view.</summary>
    public QueryShape? Read(IReadOnlyList<object?[]> direct, string sql)
    {
        var catalog = new ParseCatalog();
        CatalogRelation? root = null;
        foreach (var row in direct)
        {
            var relation = catalog.Add(row);
            root ??= relation;
        }
        if (root?.Query is null) return null;
        var scan = new TreeScan(root.Oid).Add(root.Query);
        AddSystemRelations(catalog, scan);
        AddFunctions(catalog, scan);
        return ShapeReader.Read(catalog, root, sql);
    }

    private void AddSystemRelations(ParseCatalog catalog, TreeScan scan)
    {
        string[] missing = [.. scan.Relations.Where(oid => catalog.Relation(oid) is null).Select(Text)];
        if (missing.Length == 0) return;
        foreach (var row in rows(Sql.Read("Postgres/ParseTrees/read_system_relations.sql"), missing)) catalog.Add(row);
    }

    private void AddFunctions(ParseCatalog catalog, TreeScan scan)
    {
        string[] missing = [.. scan.Functions.Where(oid => !builtIns.ContainsKey(oid)).Select(Text)];
        foreach (var oid in scan.Functions)
        {
            if (builtIns.TryGetValue(oid, out var known)) catalog.Add(known);
        }
        if (missing.Length == 0) return;
        foreach (var row in rows(Sql.Read("Postgres/ParseTrees/read_functions.sql"), missing))
        {
            var function = new CalledFunction((uint)row[0]!, (string)row[1]!, (string)row[2]!, (char)row[3]!, (bool)row[4]!, (string)row[5]!, (string)row[6]!);
            if (function.IsBuiltIn) builtIns[function.Oid] = function;
            catalog.Add(function);
        }
    }

    private static string Text(uint oid) => oid.ToString(CultureInfo.InvariantCulture);
}
