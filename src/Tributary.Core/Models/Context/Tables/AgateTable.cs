using Tributary.Jinja;
using Tributary.Jinja.Values;

namespace Tributary.Core.Models.Context.Tables;

/// <summary>
/// The answer to a query as templates see it (an agate table in dbt): <c>rows</c> and <c>columns</c>, each reached by
/// position or by name, and the functions that make other tables of it. Immutable.
/// </summary>
internal sealed class AgateTable : ContextObject
{
    private static readonly MemberTable<AgateTable> Members = new()
    {
        ["columns"] = t => t.Columns,
        ["rows"] = t => t.Rows,
        ["column_names"] = t => new JinjaTuple([.. t.Header.Names]),
        ["column_types"] = t => new JinjaTuple([.. t.Types]),
        ["row_names"] = _ => null,
    };

    public AgateTable(AgateHeader header, IReadOnlyList<AgateType> types, IReadOnlyList<object?[]> rows)
    {
        Header = header;
        Types = types;
        Rows = new AgateRows([.. rows.Select(cells => new AgateRow(header, cells))]);
        Columns = new AgateColumns(header, [.. header.Names.Select((name, i) => new AgateColumn(name, i, types[i], Rows.All))]);
    }

    /// <summary>No columns and no rows: the answer of a statement that returns nothing.</summary>
    public static AgateTable Empty { get; } = new(new AgateHeader([]), [], []);

    public AgateHeader Header { get; }

    public IReadOnlyList<AgateType> Types { get; }

    public AgateRows Rows { get; }

    public AgateColumns Columns { get; }

    /// <summary>Where <c>print_table</c> writes; set for tables that queries give to templates.</summary>
    public Action<string> Print { get; init; } = static _ => { };

    public override string TypeName => "Table";

    public override IEnumerable<object?> Items => Rows.All;

    public override int? Length => Rows.All.Count;

    /// <summary>A table is there even when it is empty: macros ask for its rows.</summary>
    public override bool IsTrue => true;

    public override bool TryGetAttribute(string name, out object? value) =>
        Members.TryGet(this, name, out value) || TableFunctions.TryMake(this, name, out value) || TablePrint.TryMake(this, name, out value);

    /// <summary>A row by its place: <c>table[0]</c>.</summary>
    public override bool TryGetItem(object? key, out object? value) => Rows.TryGetItem(key, out value);

    public override string ToString() => TablePrint.Structure(this);

    /// <summary>The place of a column given by name or position.</summary>
    public int PlaceOf(object? key) => key switch
    {
        string name when Header.PlaceOf(name) is >= 0 and var place => place,
        long index when index < Header.Names.Count && index >= -Header.Names.Count => (int)(index < 0 ? index + Header.Names.Count : index),
        _ => throw new TemplateException($"the table has no column {(key is string text ? $"'{text}'" : "at this position")}", $"Its columns: {string.Join(", ", Header.Names)}."),
    };

    public AgateTable WithRows(IEnumerable<AgateRow> rows) => new(Header, Types, [.. rows.Select(row => row.Cells)]) { Print = Print };

    public AgateTable WithColumns(int[] kept) =>
        new(new AgateHeader([.. kept.Select(i => Header.Names[i])]), [.. kept.Select(i => Types[i])],
            [.. Rows.All.Select(row => kept.Select(i => row.Cells[i]).ToArray())])
        { Print = Print };
}
