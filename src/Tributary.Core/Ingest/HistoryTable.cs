using System.Buffers.Binary;
using Npgsql;
using NpgsqlTypes;
using Tributary.Core.Postgres;
using Tributary.Core.Text;

namespace Tributary.Core.Ingest;

/// <summary>
/// <c>&lt;table&gt;_history</c>: every version of a stream's records with the time in which it was true (valid) and the time in which
/// we knew it so (known), and the function <c>&lt;table&gt;_as_of(valid, known)</c>. Its intervals come from <see cref="Timeline"/>.
/// </summary>
internal sealed class HistoryTable(RawTable raw, RawColumns columns)
{
    private readonly Relation relation = new(raw.Relation.Schema, Identifier.Shorten(raw.Relation.Name, "_history"));
    private readonly Relation function = new(raw.Relation.Schema, Identifier.Shorten(raw.Relation.Name, "_as_of"));

    private string[] ColumnNames =>
    [
        columns.Id, columns.Document, columns.LoadedAt, "_version", "_last_updated", "_load", "_deleted", "_hash",
        "valid_from", "valid_to", "known_from", "known_to",
    ];

    /// <summary>Makes the table when it is not there; what the raw table holds by then is its beginning.</summary>
    public async Task CreateAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        if (await RawTable.FindAsync(connection, relation, cancel) is not null) return;
        await Statement.RunAsync(connection, await RawTable.CompressedAsync(connection, Fill("Ingest/create_history_table.sql"), cancel), cancel);
        await Statement.RunAsync(connection, Fill("Ingest/begin_history.sql"), cancel);
    }

    /// <summary>
    /// Places the records on their timelines, in the caller's transaction; returns how many were not known.
    /// <paramref name="stamp"/> is later than that of every batch before it.
    /// </summary>
    public async Task<long> AddAsync(NpgsqlConnection connection, IReadOnlyList<Record> records, BatchStamp stamp, CancellationToken cancel)
    {
        if (records.Count == 0) return 0;
        var timelines = await ReadAsync(connection, [.. records.Select(record => record.Key.Id).Distinct()], cancel);
        foreach (var record in records) timelines[record.Key.Id].Add(record, stamp.LoadedAt.UtcDateTime);
        var recut = timelines.Values.SelectMany(timeline => timeline.Recut).ToList();
        if (recut.Count > 0) await RecutAsync(connection, recut, stamp, cancel);
        return await CopyAsync(connection, timelines.Values.SelectMany(timeline => timeline.Added), stamp, cancel);
    }

    private string Fill(string path) => raw.Fill(path)
        .Replace("{history}", relation.Sql, StringComparison.Ordinal).Replace("{as_of}", function.Sql, StringComparison.Ordinal);

    private async Task<Dictionary<string, Timeline>> ReadAsync(NpgsqlConnection connection, string[] ids, CancellationToken cancel)
    {
        var entries = ids.ToDictionary(id => id, _ => new List<TimelineEntry>(), StringComparer.Ordinal);
        await using var command = Statement.Of(connection, Fill("Ingest/read_timelines.sql"))
            .With(NpgsqlDbType.Array | NpgsqlDbType.Text, ids);
        await using var rows = await command.ExecuteReaderAsync(cancel);
        while (await rows.ReadAsync(cancel))
        {
            var key = new RecordKey(
                rows.GetString(0), rows.IsDBNull(2) ? null : rows.GetString(2),
                rows.IsDBNull(3) ? null : rows.GetDateTime(3), rows.GetBoolean(4));
            var hash = BinaryPrimitives.ReadUInt128BigEndian(rows.GetFieldValue<byte[]>(5));
            entries[key.Id].Add(new TimelineEntry(rows.GetInt64(1), key, hash, rows.GetDateTime(6), rows.GetDateTime(7)));
        }
        return entries.ToDictionary(pair => pair.Key, pair => new Timeline(pair.Value), StringComparer.Ordinal);
    }

    private async Task RecutAsync(NpgsqlConnection connection, List<TimelineEntry> recut, BatchStamp stamp, CancellationToken cancel) =>
        await Statement.Of(connection, Fill("Ingest/recut_history.sql"))
            .With(NpgsqlDbType.Array | NpgsqlDbType.Bigint, recut.Select(entry => entry.RowId!.Value).ToArray()) // only stored entries are recut
            .With(NpgsqlDbType.Array | NpgsqlDbType.TimestampTz, recut.Select(entry => entry.To).ToArray())
            .With(NpgsqlDbType.TimestampTz, stamp.LoadedAt.UtcDateTime).RunAsync(cancel);

    private async Task<long> CopyAsync(NpgsqlConnection connection, IEnumerable<TimelineEntry> added, BatchStamp stamp, CancellationToken cancel)
    {
        await using var copy = await BinaryCopy.BeginAsync(connection, relation, ColumnNames, cancel);
        foreach (var entry in added)
        {
            copy.StartRow();
            RawTable.WriteColumns(copy, entry.Record, stamp);
            copy.Timestamp(new DateTimeOffset(entry.From));
            Until(copy, entry.To);
            copy.Timestamp(stamp.LoadedAt);
            Until(copy, DateTime.MaxValue);
            if (copy.IsFull) await copy.FlushAsync(cancel);
        }
        return await copy.CompleteAsync(cancel);
    }

    // The largest bigint is infinity in timestamptz's binary form.
    private static void Until(BinaryCopy copy, DateTime end)
    {
        if (end == DateTime.MaxValue) copy.Bigint(long.MaxValue);
        else copy.Timestamp(new DateTimeOffset(end));
    }
}
