namespace Tributary.Core.Models.Context.Tables;

/// <summary>What <c>group_by</c> gives: looped over it gives the tables, each named by the value that its rows share.</summary>
internal sealed class AgateTableSet(IReadOnlyList<object?> keys, IReadOnlyList<AgateTable> tables) : AgateSequence
{
    public override string TypeName => "TableSet";

    public override IReadOnlyList<object?> Elements => tables;

    protected override IReadOnlyList<object?> Names => keys;
}
