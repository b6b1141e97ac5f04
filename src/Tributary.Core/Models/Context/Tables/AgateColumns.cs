using Tributary.Jinja.Values;

namespace Tributary.Core.Models.Context.Tables;

/// <summary>The columns of a table: looped over, or one by position or name.</summary>
internal sealed class AgateColumns(IReadOnlyList<AgateColumn> columns) : ContextObject
{
    private static readonly MemberTable<AgateColumns> Members = new()
    {
        ["values"] = c => Method("values", "", _ => c.All.ToList<object?>()),
        ["keys"] = c => Method("keys", "", _ => c.All.Select(column => (object?)column.Name).ToList()),
        ["items"] = c => Method("items", "", _ => c.All.Select(column => (object?)new JinjaTuple(column.Name, column)).ToList()),
        ["get"] = c => Method("get", "key, default=None", a => c.TryGetItem(a[0], out var value) ? value : a[1]),
        ["dict"] = c => Method("dict", "", _ => c.AsDict()),
    };

    public IReadOnlyList<AgateColumn> All => columns;

    public override string TypeName => "MappedSequence";

    public override bool IsTrue => columns.Count > 0;

    public override IEnumerable<object?> Items => columns;

    public override int? Length => columns.Count;

    public override bool TryGetAttribute(string name, out object? value) => Members.TryGet(this, name, out value) || TryGetItem(name, out value);

    public override bool TryGetItem(object? key, out object? value)
    {
        var index = key switch
        {
            long position => (int)(position < 0 ? position + columns.Count : position),
            string name => columns.Select(column => column.Name).ToList().IndexOf(name),
            _ => -1,
        };
        value = index >= 0 && index < columns.Count ? columns[index] : null;
        return value is not null;
    }

    private JinjaDict AsDict()
    {
        var dict = new JinjaDict();
        foreach (var column in columns) dict[column.Name] = column;
        return dict;
    }
}
