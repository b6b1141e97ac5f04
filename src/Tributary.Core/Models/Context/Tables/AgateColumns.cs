namespace Tributary.Core.Models.Context.Tables;

/// <summary>The columns of a table: looped over, or one by position or name.</summary>
internal sealed class AgateColumns(AgateHeader header, IReadOnlyList<AgateColumn> columns) : AgateSequence
{
    public override IReadOnlyList<object?> Elements => columns;

    protected override IReadOnlyList<string> Names => header.Names;

    protected override int PlaceOf(string name) => header.PlaceOf(name);
}
