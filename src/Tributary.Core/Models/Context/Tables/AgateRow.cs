namespace Tributary.Core.Models.Context.Tables;

/// <summary>One row: <c>row[0]</c>, <c>row['name']</c>, <c>row.name</c>, or all values in order.</summary>
internal sealed class AgateRow(AgateHeader header, object?[] cells) : AgateSequence
{
    public object?[] Cells => cells;

    public override IReadOnlyList<object?> Elements => cells;

    protected override IReadOnlyList<string> Names => header.Names;

    public override string TypeName => "Row";

    protected override int PlaceOf(string name) => header.PlaceOf(name);
}
