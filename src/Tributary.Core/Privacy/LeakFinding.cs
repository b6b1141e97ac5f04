namespace Tributary.Core.Privacy;

/// <summary>What the leak check found in one column: in words, and in how many cells (0 = the whole column, by lineage). Never a value.</summary>
public sealed record LeakFinding(string Relation, string Column, string Kind, long Rows)
{
    public override string ToString() => Rows == 0
        ? $"{Relation}.{Column} {Kind}"
        : $"{Relation}.{Column} holds {Kind} ({Rows} {(Rows == 1 ? "value" : "values")})";
}
