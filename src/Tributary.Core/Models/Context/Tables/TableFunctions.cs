using Tributary.Core.Models.Context.Functions;
using Tributary.Jinja;
using Tributary.Jinja.Values;

namespace Tributary.Core.Models.Context.Tables;

/// <summary>agate's functions that make a table of a table: choosing and ordering rows, choosing and renaming columns.</summary>
internal static class TableFunctions
{
    private static readonly MemberTable<AgateTable> Members = new()
    {
        ["select"] = t => F("select", "key", a => t.WithColumns([.. Keys(a[0]).Select(t.PlaceOf)])),
        ["exclude"] = t => F("exclude", "key", a => Exclude(t, Keys(a[0]).Select(t.PlaceOf).ToHashSet())),
        ["where"] = t => F("where", "test", a => t.WithRows(t.Rows.All.Where(row => Holds(a, row)))),
        ["find"] = t => F("find", "test", a => t.Rows.All.FirstOrDefault(row => Holds(a, row))),
        ["limit"] = t => F("limit", "start_or_stop=None, stop=None, step=None", a => Limit(t, a)),
        ["distinct"] = t => F("distinct", "key=None", a => Distinct(t, a)),
        ["order_by"] = t => F("order_by", "key, reverse=False", a => OrderBy(t, a)),
        ["group_by"] = t => F("group_by", "key, key_name=None, key_type=None", a => GroupBy(t, a)),
        ["rename"] = t => F("rename", "column_names=None, row_names=None, slug_columns=False, slug_rows=False", a => Rename(t, a[0])),
    };

    public static bool TryMake(AgateTable table, string name, out object? value) => Members.TryGet(table, name, out value);

    private static Function F(string name, string parameters, Func<BoundArguments, object?> body) => new(name, parameters, body);

    private static IEnumerable<object?> Keys(object? key) => key is string or long ? [key] : Collections.Items(key);

    private static AgateTable Exclude(AgateTable table, HashSet<int> gone) =>
        table.WithColumns([.. Enumerable.Range(0, table.Header.Names.Count).Where(i => !gone.Contains(i))]);

    /// <summary>A test or key may be a macro that is given the row.</summary>
    private static object? Ask(BoundArguments a, AgateRow row) => a[0] is ICallable function
        ? function.Call(new CallArguments(a.Context, row))
        : throw new TemplateException("a macro that takes a row is needed here");

    private static bool Holds(BoundArguments a, AgateRow row) => Ask(a, row) switch
    {
        bool truth => truth,
        string text => text.Trim() is not ("" or "False" or "None"),
        var other => other is not null,
    };

    private static AgateTable Limit(AgateTable table, BoundArguments a)
    {
        var (start, stop) = a[1] is null ? (0, a.IntegerOrNone(0)) : (a.IntegerOrNone(0) ?? 0, a.IntegerOrNone(1));
        var step = a.IntegerOrNone(2) ?? 1;
        return table.WithRows(table.Rows.All.Skip(start).Take((stop ?? int.MaxValue) - start).Where((_, i) => i % step == 0));
    }

    private static Func<AgateRow, object?> KeyOf(AgateTable table, BoundArguments a)
    {
        if (a[0] is null) return row => new JinjaTuple(row.Cells);
        if (a[0] is ICallable) return row => Ask(a, row);
        int[] places = [.. Keys(a[0]).Select(table.PlaceOf)];
        return places.Length == 1 ? row => row.Cells[places[0]] : row => new JinjaTuple([.. places.Select(i => row.Cells[i])]);
    }

    private static AgateTable Distinct(AgateTable table, BoundArguments a)
    {
        var (keyOf, seen) = (KeyOf(table, a), new JinjaSet());
        return table.WithRows(table.Rows.All.Where(row => seen.Add(keyOf(row))));
    }

    private static AgateTable OrderBy(AgateTable table, BoundArguments a)
    {
        if (a[0] is not ICallable)
        {
            int[] places = [.. Keys(a[0]).Select(table.PlaceOf)];
            var first = a.IsTrue(1)
                ? table.Rows.All.OrderByDescending(row => row.Cells[places[0]], CellOrder.Instance)
                : table.Rows.All.OrderBy(row => row.Cells[places[0]], CellOrder.Instance);
            foreach (var place in places[1..])
                first = a.IsTrue(1) ? first.ThenByDescending(row => row.Cells[place], CellOrder.Instance) : first.ThenBy(row => row.Cells[place], CellOrder.Instance);
            return table.WithRows(first);
        }
        return table.WithRows(a.IsTrue(1)
            ? table.Rows.All.OrderByDescending(row => Ask(a, row), CellOrder.Instance)
            : table.Rows.All.OrderBy(row => Ask(a, row), CellOrder.Instance));
    }

    private static AgateTableSet GroupBy(AgateTable table, BoundArguments a)
    {
        var (keyOf, groups) = (KeyOf(table, a), new JinjaDict());
        foreach (var row in table.Rows.All)
        {
            var key = keyOf(row);
            if (!groups.TryGet(key, out var rows)) groups[key] = rows = new List<AgateRow>();
            ((List<AgateRow>)rows!).Add(row);
        }
        return new AgateTableSet([.. groups.Keys], [.. groups.Values.Select(rows => table.WithRows((List<AgateRow>)rows!))]);
    }

    private static AgateTable Rename(AgateTable table, object? given)
    {
        string[] names = given switch
        {
            null => [.. table.Header.Names],
            JinjaDict map => [.. table.Header.Names.Select(name => map.TryGet(name, out var to) ? PythonText.Of(to) : name)],
            _ => [.. Collections.Items(given).Select(PythonText.Of)],
        };
        return new AgateTable(new AgateHeader(names), table.Types, [.. table.Rows.All.Select(row => row.Cells)]) { Print = table.Print };
    }
}
