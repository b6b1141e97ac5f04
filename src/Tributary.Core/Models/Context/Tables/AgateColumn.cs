using Tributary.Jinja.Values;

namespace Tributary.Core.Models.Context.Tables;

/// <summary>One column of a table: its name, its type and its values, in the order of the rows.</summary>
internal sealed class AgateColumn(string name, int index, AgateType type, IReadOnlyList<AgateRow> rows) : AgateSequence
{
    private static readonly MemberTable<AgateColumn> Members = new()
    {
        ["name"] = c => c.Name,
        ["index"] = c => (long)c.Index,
        ["data_type"] = c => c.Type,
        ["values_distinct"] = c => Method("values_distinct", "", _ => new JinjaTuple([.. c.Elements.Distinct()])),
        ["values_without_nulls"] = c => Method("values_without_nulls", "", _ => new JinjaTuple([.. c.Present])),
        ["values_sorted"] = c => Method("values_sorted", "", _ => new JinjaTuple([.. c.Present.Order(CellOrder.Instance), .. c.Elements.Where(cell => cell is null)])),
        ["values_without_nulls_sorted"] = c => Method("values_without_nulls_sorted", "", _ => new JinjaTuple([.. c.Present.Order(CellOrder.Instance)])),
    };

    private object?[]? cells;

    public string Name => name;

    public AgateType Type => type;

    public override string TypeName => "Column";

    public override IReadOnlyList<object?> Elements => cells ??= [.. rows.Select(row => row.Cells[index])];

    private int Index => index;

    private IEnumerable<object?> Present => Elements.Where(cell => cell is not null);

    public override bool TryGetAttribute(string attribute, out object? value) =>
        Members.TryGet(this, attribute, out value) || base.TryGetAttribute(attribute, out value);
}
