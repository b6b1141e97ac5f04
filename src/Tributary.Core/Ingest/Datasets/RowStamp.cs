namespace Tributary.Core.Ingest.Datasets;

/// <summary>What all rows of a load share, and which of the engine's columns the table has beside the load, the drop's instant and the line.</summary>
internal sealed record RowStamp(long Load, DateTimeOffset DroppedAt, bool NamesFile, bool IsHashed)
{
    /// <summary>The engine's columns, in the order in which <see cref="RecordCopy"/> writes them.</summary>
    public IReadOnlyList<(string Name, string SqlType)> Columns =>
    [
        ("_load", "bigint not null"), ("_dropped_at", "timestamptz not null"), ("_line", "bigint not null"),
        .. NamesFile ? [("_file", "text not null")] : Array.Empty<(string, string)>(),
        .. IsHashed ? [("_hash", "uuid not null")] : Array.Empty<(string, string)>(),
    ];
}
