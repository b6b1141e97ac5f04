namespace Tributary.Core.Ingest;

/// <summary>
/// One version on a <see cref="Timeline"/>: stored (with its row) or newly come (with its record). Ends at
/// <see cref="DateTime.MaxValue"/> when it is open.
/// </summary>
internal sealed class TimelineEntry
{
    /// <summary>A stored version.</summary>
    public TimelineEntry(long rowId, RecordKey key, UInt128 hash, DateTime from, DateTime to)
    {
        (RowId, Key, Hash, From, To, KnownTo) = (rowId, key, hash, from, to, to);
    }

    /// <summary>A version that just came.</summary>
    public TimelineEntry(in Record record, DateTime from, DateTime to)
    {
        (Record, Key, Hash, From, To, KnownTo) = (record, record.Key, record.Hash, from, to, to);
    }

    public long? RowId { get; }

    public Record Record { get; }

    public RecordKey Key { get; }

    public UInt128 Hash { get; }

    public DateTime From { get; }

    /// <summary>The end as stored.</summary>
    public DateTime KnownTo { get; }

    public DateTime To { get; set; }
}
