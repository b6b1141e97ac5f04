using Tributary.Core.Graph;
using Tributary.Core.Postgres;

namespace Tributary.Core.Exports;

/// <summary>
/// A relation that exports may name: the node that builds it, where it lies, who may see it, and its declared columns.
/// <paramref name="Made"/> are the columns whose values a mask made (see <see cref="Privacy.AnonymousTwin"/>).
/// </summary>
public sealed record ExportRelation(
    string NodeId,
    string Name,
    Relation Relation,
    Track Track,
    IReadOnlyList<GeneratedColumn> Columns,
    IReadOnlySet<string> Made,
    string? TwinOf = null)
{
    /// <summary>The engine made it as the anonymous twin of <see cref="TwinOf"/>.</summary>
    public bool IsTwin => TwinOf is not null;

    /// <summary>The track that a relation has by what it is: anonymous when the engine masked it or all its columns are classed safe, else personal.</summary>
    public static Track TrackOf(bool isTwin, bool isMetrics, IReadOnlyList<GeneratedColumn> columns)
    {
        if (isMetrics) return Track.Metrics;
        var safe = columns.Count > 0 && columns.All(column => column.Class == Privacy.ColumnClass.Safe);
        return isTwin || safe ? Track.Anon : Track.Pii;
    }
}
