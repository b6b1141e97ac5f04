namespace Tributary.Core.Postgres.ParseTrees;

/// <summary>
/// A column that a value comes from. <paramref name="Path"/> says which part of a JSON document, when constants say so
/// (<c>name[].family</c>; <c>*</c> = somewhere below). <paramref name="IsTransformed"/> is false when the value is the column's
/// own, at most cast or taken out of the document.
/// </summary>
public sealed record ColumnOrigin(uint RelationOid, Relation Relation, string Column, string? Path, bool IsTransformed)
{
    public override string ToString() =>
        $"{(IsTransformed ? "~" : "")}{Relation}.{Column}{(Path is null ? "" : $" {Path}")}";
}
