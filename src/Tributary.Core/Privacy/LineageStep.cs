using Tributary.Core.Postgres;

namespace Tributary.Core.Privacy;

/// <summary>
/// One line of a trace: how deep it stands below the column that was asked for, the column, the node that builds its relation (null:
/// a raw table or seed, where the trace ends), the part of a document, and whether the value was computed on the way up.
/// </summary>
public sealed record LineageStep(int Depth, Relation Relation, string Column, string? NodeId, string? Path, bool IsTransformed)
{
    public override string ToString() =>
        $"{new string(' ', Depth * 2)}{(Depth == 0 ? "" : IsTransformed ? "~ " : "= ")}{Relation}.{Column}{(Path is null ? "" : $" [{Path}]")}";
}
