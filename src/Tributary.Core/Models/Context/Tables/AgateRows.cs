namespace Tributary.Core.Models.Context.Tables;

/// <summary>The rows of a table: looped over, counted, or one by its position.</summary>
internal sealed class AgateRows(IReadOnlyList<AgateRow> rows) : AgateSequence
{
    public IReadOnlyList<AgateRow> All => rows;

    public override IReadOnlyList<object?> Elements => rows;
}
