using Tributary.Jinja.Values;

namespace Tributary.Core.Models.Context.Tables;

/// <summary>One column of a table: its name and its values, in the order of the rows.</summary>
internal sealed class AgateColumn(string name, int index, IReadOnlyList<AgateRow> rows) : ContextObject
{
    private static readonly MemberTable<AgateColumn> Members = new()
    {
        ["name"] = c => c.Name,
        ["index"] = c => (long)c.Index,
        ["values"] = c => Method("values", "", _ => new JinjaTuple([.. c.Items])),
        ["values_distinct"] = c => Method("values_distinct", "", _ => c.Items.Distinct().ToList()),
        ["values_without_nulls"] = c => Method("values_without_nulls", "", _ => c.Items.Where(value => value is not null).ToList()),
        ["values_sorted"] = c => Method("values_sorted", "", _ => c.Items.Order(Comparer<object?>.Default).ToList()),
    };

    public string Name => name;

    private int Index => index;

    public override string TypeName => "Column";

    public override IEnumerable<object?> Items => rows.Select(row => row.Cells[index]);

    public override int? Length => rows.Count;

    public override bool TryGetAttribute(string attribute, out object? value) => Members.TryGet(this, attribute, out value);

    public override bool TryGetItem(object? key, out object? value)
    {
        value = null;
        if (key is not long position) return base.TryGetItem(key, out value);
        if (position < 0) position += rows.Count;
        if (position < 0 || position >= rows.Count) return false;
        value = rows[(int)position].Cells[index];
        return true;
    }
}
