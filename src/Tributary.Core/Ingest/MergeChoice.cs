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

    public static MergeChoice Of(IReadOnlyList<Record> records, IReadOnlyDictionary<string, StoredRow> stored)
    {
        var best = new Dictionary<string, int>(records.Count);
        for (var i = 0; i < records.Count; i++)
        {
            var record = records[i];
            var current = best.TryGetValue(record.Key.Id, out var at) ? RowOf(records[at])
                : stored.TryGetValue(record.Key.Id, out var row) ? row : (StoredRow?)null;
            if (current is null || Wins(record, current.Value)) best[record.Key.Id] = i;
        }
        var winners = best.Values.Order().Select(i => records[i]).Where(record => Differs(record, stored)).ToArray();
        return new MergeChoice(winners, stored, records.Count);
    }

    private static bool Wins(in Record record, in StoredRow current)
    {
        var order = Precedence.Compare(record.Key, current.Key);
        return order > 0 || (order == 0 && (record.Hash != current.Hash || record.Key.IsDeletion != current.Key.IsDeletion));
    }

    // Within a batch a record may leave and come back to what is stored.
    private static bool Differs(Record record, IReadOnlyDictionary<string, StoredRow> stored) =>
        !stored.TryGetValue(record.Key.Id, out var row) || row.Hash != record.Hash || row.Key != record.Key;

    private static StoredRow RowOf(in Record record) => new(record.Key, record.Hash);
}
