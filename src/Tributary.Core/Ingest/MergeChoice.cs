namespace Tributary.Core.Ingest;

/// <summary>
/// Which records of a batch a merge writes: for each key the winner by <see cref="Precedence"/> among the batch and the
/// stored row, when it differs from what is stored.
/// </summary>
internal sealed class MergeChoice
{
    public static readonly IReadOnlyDictionary<string, StoredRow> NothingStored = new Dictionary<string, StoredRow>();

    private MergeChoice(Record[] winners, IReadOnlyDictionary<string, StoredRow> stored, int records)
    {
        Winners = winners;
        Stored = stored;
        Unchanged = records - winners.Length;
    }

    public Record[] Winners { get; }

    /// <summary>The rows that the table holds of the batch's keys.</summary>
    public IReadOnlyDictionary<string, StoredRow> Stored { get; }

    /// <summary>Records that change nothing: equal to what is there, or older.</summary>
    public int Unchanged { get; }

    /// <summary>
    /// <paramref name="now"/> is when deletions happened that do not say it. <paramref name="overrules"/>: the records are what the source holds now, so that
    /// what is stored gives way even where it is newer.
    /// </summary>
    public static MergeChoice Of(IReadOnlyList<Record> records, IReadOnlyDictionary<string, StoredRow> stored, DateTime now, bool overrules = false)
    {
        var best = new Dictionary<string, Record>(records.Count);
        foreach (var arrived in records)
        {
            var current = best.TryGetValue(arrived.Key.Id, out var earlier) ? new StoredRow(earlier.Key, earlier.Hash)
                : stored.TryGetValue(arrived.Key.Id, out var row) ? row : (StoredRow?)null;
            var record = current is { } known ? arrived with { Key = Precedence.Place(arrived.Key, known.Key, now) } : arrived;
            var isFirst = earlier.Bytes.IsEmpty;
            if (current is null || Wins(record, current.Value)) best[record.Key.Id] = isFirst ? record : record.Over(earlier);
            else if (overrules && isFirst && !(record.Key.IsDeletion && current.Value.Key.IsDeletion)) best[record.Key.Id] = Ending(record, current.Value.Key);
        }
        // Within a batch a record may leave and come back to what is stored.
        var winners = best.Values.Where(record => !stored.TryGetValue(record.Key.Id, out var row) || Differs(record, row)).ToArray();
        return new MergeChoice(winners, stored, records.Count);
    }

    // A deletion ends the version that is there, also where it was reckoned to be older.
    private static Record Ending(in Record record, in RecordKey stored) =>
        record.Key.IsDeletion && record.Key.LastUpdated < stored.LastUpdated ? record with { Key = record.Key with { LastUpdated = stored.LastUpdated } } : record;

    private static bool Wins(in Record record, in StoredRow current)
    {
        var order = Precedence.Compare(record.Key, current.Key);
        return order > 0 || (order == 0 && Differs(record, current));
    }

    private static bool Differs(in Record record, in StoredRow row) =>
        record.Hash != row.Hash || record.Key.IsDeletion != row.Key.IsDeletion || Precedence.Compare(record.Key, row.Key) != 0;
}
