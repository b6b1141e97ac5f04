using Tributary.Jinja.Values;

namespace Tributary.Core.Models.Context.Tables;

/// <summary>One row: <c>row[0]</c>, <c>row['name']</c>, <c>row.name</c>, or all values in order.</summary>
internal sealed class AgateRow(IReadOnlyList<string> names, IReadOnlyDictionary<string, int> places, object?[] cells) : ContextObject
{
    private static readonly MemberTable<AgateRow> Members = new()
    {
        ["values"] = r => Method("values", "", _ => r.Cells.ToList()),
        ["keys"] = r => Method("keys", "", _ => r.Names.ToList<object?>()),
        ["items"] = r => Method("items", "", _ => r.Names.Select((name, i) => (object?)new JinjaTuple(name, r.Cells[i])).ToList()),
        ["dict"] = r => Method("dict", "", _ => r.AsDict()),
        ["get"] = r => Method("get", "key, default=None", a => r.TryGetItem(a[0], out var value) ? value : a[1]),
    };

    public object?[] Cells => cells;

    private IReadOnlyList<string> Names => names;

    public override string TypeName => "Row";

    public override bool IsTrue => cells.Length > 0;

    public override IEnumerable<object?> Items => cells;

    public override int? Length => cells.Length;

    /// <summary>A column may bear a name that is a method of Python's row too; the method wins for a dot, the column for brackets.</summary>
    public override bool TryGetAttribute(string name, out object? value) => Members.TryGet(this, name, out value) || TryGetItem(name, out value);

    public override bool TryGetItem(object? key, out object? value)
    {
        value = null;
        var index = key switch
        {
            long position => position < 0 ? position + cells.Length : position,
            string name when places.TryGetValue(name, out var place) => place,
            _ => -1,
        };
        if (index < 0 || index >= cells.Length) return false;
        value = cells[index];
        return true;
    }

    public override string ToString() => $"<Row of {cells.Length} values>";

    private JinjaDict AsDict()
    {
        var dict = new JinjaDict();
        for (var i = 0; i < cells.Length; i++) dict[names[i]] = cells[i];
        return dict;
    }
}
