using Tributary.Jinja.Values;

namespace Tributary.Core.Models.Context.Tables;

/// <summary>
/// The answer to a query as templates see it (an agate table in dbt): <c>rows</c> and <c>columns</c>, each reached by
/// position or by name.
/// </summary>
internal sealed class AgateTable : ContextObject
{
    private static readonly MemberTable<AgateTable> Members = new()
    {
        ["columns"] = t => t.Columns,
        ["rows"] = t => t.Rows,
        ["column_names"] = t => t.Names.ToList<object?>(),
        ["column_types"] = t => t.Names.Select(_ => (object?)"Text").ToList(),
        ["print_table"] = t => Method("print_table", "max_rows=None, max_columns=None, *args, **kwargs", _ => t.ToString()),
        ["select"] = t => Method("select", "key", a => t.Select(a[0], keep: true)),
        ["exclude"] = t => Method("exclude", "key", a => t.Select(a[0], keep: false)),
        ["limit"] = t => Method("limit", "count", a => new AgateTable(t.Names, [.. t.Rows.All.Take(a.Integer(0)).Select(row => row.Cells)])),
        ["rename"] = t => Method("rename", "column_names", a => new AgateTable(Renamed(t.Names, a[0]), [.. t.Rows.All.Select(row => row.Cells)])),
    };

    /// <summary>The names of the columns and the values of each row, in their order.</summary>
    public AgateTable(IReadOnlyList<string> names, IReadOnlyList<object?[]> rows)
    {
        Names = names;
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < names.Count; i++) places.TryAdd(names[i], i);
        Rows = new AgateRows([.. rows.Select(cells => new AgateRow(names, places, cells))]);
        Columns = new AgateColumns([.. names.Select((name, i) => new AgateColumn(name, i, Rows.All))]);
    }

    public IReadOnlyList<string> Names { get; }

    public AgateRows Rows { get; }

    public AgateColumns Columns { get; }

    public override string TypeName => "Table";

    public override IEnumerable<object?> Items => Rows.All;

    public override int? Length => Rows.All.Count;

    public override bool IsTrue => true;

    public override bool TryGetAttribute(string name, out object? value) => Members.TryGet(this, name, out value);

    public override bool TryGetItem(object? key, out object? value) => Rows.TryGetItem(key, out value) || base.TryGetItem(key, out value);

    public override string ToString() => $"table of {Rows.All.Count} rows: {string.Join(", ", Names)}";

    private AgateTable Select(object? key, bool keep)
    {
        var chosen = key is string one ? [one] : (key as IEnumerable<object?> ?? []).Select(PythonText.Of).ToHashSet(StringComparer.Ordinal);
        var kept = Enumerable.Range(0, Names.Count).Where(i => chosen.Contains(Names[i]) == keep).ToArray();
        return new AgateTable([.. kept.Select(i => Names[i])], [.. Rows.All.Select(row => kept.Select(i => row.Cells[i]).ToArray())]);
    }

    private static string[] Renamed(IReadOnlyList<string> names, object? given) => given is JinjaDict map
        ? [.. names.Select(name => map.TryGet(name, out var to) ? PythonText.Of(to) : name)]
        : [.. (given as IEnumerable<object?> ?? []).Select(PythonText.Of)];
}
