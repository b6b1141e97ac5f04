namespace Tributary.Core.Ingest;

/// <summary>
/// The versions of one record along the time in which they were true, as far as they are known now. Their intervals
/// never overlap: a version holds from its own time to the next one's; one that was outranked at its own time holds for no time at all
/// (from = to), and is kept. Pure: reads and writes no table.
/// </summary>
internal sealed class Timeline(IEnumerable<TimelineEntry> known)
{
    private readonly List<TimelineEntry> entries = [.. known.OrderBy(entry => entry.From).ThenBy(entry => entry.To)];

    public IReadOnlyList<TimelineEntry> Entries => entries;

    /// <summary>Known entries whose end moved.</summary>
    public IEnumerable<TimelineEntry> Recut => entries.Where(entry => entry.RowId is not null && entry.To != entry.KnownTo);

    /// <summary>Entries that are not stored yet.</summary>
    public IEnumerable<TimelineEntry> Added => entries.Where(entry => entry.RowId is null);

    /// <summary>
    /// Places a version; false when it is known already. A version without a time of its own holds from
    /// <paramref name="now"/>.
    /// </summary>
    public bool Add(in Record arrived, DateTime now)
    {
        var latest = entries.FindLast(entry => entry.From < entry.To);
        var record = latest is null ? arrived : arrived with { Key = Precedence.Place(arrived.Key, latest.Key, now) };
        var from = record.Key.LastUpdated ?? now;
        if (IsKnown(record, from)) return false;
        var at = entries.FindLastIndex(entry => entry.From <= from && from < entry.To);
        if (at < 0) AddFirst(record, from);
        else AddAt(at, record, from);
        return true;
    }

    private void AddFirst(in Record record, DateTime from)
    {
        var next = entries.FindIndex(entry => entry.From < entry.To);
        entries.Insert(Math.Max(next, 0), new TimelineEntry(record, from, next < 0 ? DateTime.MaxValue : entries[next].From));
    }

    private void AddAt(int at, in Record record, DateTime from)
    {
        var covering = entries[at];
        if (Precedence.Compare(record.Key, covering.Key) < 0)
        {
            entries.Insert(at, new TimelineEntry(record, covering.From, covering.From));
            return;
        }
        entries.Insert(at + 1, new TimelineEntry(record, from, covering.To));
        covering.To = from;
    }

    // Without a rank a version is new when it differs from the one before it; with one, when its place is free.
    private bool IsKnown(Record record, DateTime from) => Precedence.HasRank(record.Key)
        ? entries.Exists(entry => IsSame(entry, record) && (record.Key.LastUpdated is null || entry.From == from))
        : entries.FindLast(entry => entry.From <= from && from < entry.To) is { } covering && IsSame(covering, record);

    private static bool IsSame(TimelineEntry entry, in Record record) =>
        entry.Hash == record.Hash && entry.Key.IsDeletion == record.Key.IsDeletion && Precedence.Compare(entry.Key, record.Key) == 0;
}
