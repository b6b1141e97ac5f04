namespace Tributary.Core.Models.Context.Tables;

/// <summary>The rows of a table: looped over, counted, or one by its position.</summary>
internal sealed class AgateRows(IReadOnlyList<AgateRow> rows) : ContextObject
{
    private static readonly MemberTable<AgateRows> Members = new()
    {
        ["values"] = r => Method("values", "", _ => r.All.ToList<object?>()),
    };

    public IReadOnlyList<AgateRow> All => rows;

    public override string TypeName => "MappedSequence";

    public override bool IsTrue => rows.Count > 0;

    public override IEnumerable<object?> Items => rows;

    public override int? Length => rows.Count;

    public override bool TryGetAttribute(string name, out object? value) => Members.TryGet(this, name, out value);

    public override bool TryGetItem(object? key, out object? value)
    {
        value = null;
        if (key is not long index) return false;
        if (index < 0) index += rows.Count;
        if (index < 0 || index >= rows.Count) return false;
        value = rows[(int)index];
        return true;
    }
}
