using Npgsql;
using Tributary.Core.Graph;

namespace Tributary.Core.Ingest;

/// <summary>Writes batches into a raw table as the stream's disposition says, inside the caller's transactions.</summary>
internal sealed class BatchApply(NpgsqlConnection connection, RunContext context, SourceStream stream, RawTable table)
{
    private readonly LoadLedger ledger = new(connection, context, stream.Key);
    private readonly HistoryTable history = new(table, stream.Source.Load.Raw.Columns);

    /// <summary>
    /// True while every key of this load went into a table that was empty when it started, so that a look at the stored rows
    /// would find nothing; the first key that comes twice ends it. Saves about a tenth of a first load (bench load).
    /// </summary>
    public bool IsFirstLoad { get; set; }

    /// <summary>The records are what the source holds now: they replace what is stored even where that is newer.</summary>
    public bool Overrules { get; init; }

    /// <summary>Writes records, rejects and files; says what was done, and whether anybody downstream could see it.</summary>
    public async Task<Applied> RunAsync(RecordBatch batch, BatchStamp stamp, CancellationToken cancel)
    {
        var writer = new RecordWriter(connection, table, stamp);
        var counts = stream.Disposition == Disposition.Append
            ? await AppendAsync(batch, writer, cancel)
            : await MergeAsync(batch.Records, writer, stamp.LoadedAt.UtcDateTime, cancel);
        var versions = stream.History ? await AddHistoryAsync(batch, writer, stamp, cancel) : 0;
        Reject[] rejects = [.. batch.Rejects, .. writer.Refused.Select(refused => refused.ToReject())];
        await ledger.SupersedeAsync(batch.Started, cancel);
        await ledger.WriteRejectsAsync(stamp.Load, rejects, cancel);
        await ledger.WriteFilesAsync(stamp.Load, batch.Finished, cancel);
        var changed = counts.Inserted + counts.Updated + counts.Deleted + versions + rejects.Length > 0;
        return new Applied(counts with { Rejected = rejects.Length, Bytes = batch.Bytes, Files = batch.Finished.Count }, rejects, changed);
    }

    private static async Task<Counts> AppendAsync(RecordBatch batch, RecordWriter writer, CancellationToken cancel)
    {
        await writer.PutAsync(batch.Records.ToArray(), MergeChoice.NothingStored, cancel);
        var inserted = batch.Records.Count - writer.Refused.Count;
        return new Counts(Rows: inserted, Inserted: inserted);
    }

    private async Task<Counts> MergeAsync(IReadOnlyList<Record> records, RecordWriter writer, DateTime now, CancellationToken cancel)
    {
        var refusedBefore = writer.Refused.Count;
        var choice = await ChooseAndPutAsync(records, writer, now, cancel);
        var refused = writer.Refused.Skip(refusedBefore).Select(one => one.Record.Key.Id).ToHashSet(StringComparer.Ordinal);
        var counts = Count(choice, refused);
        if (refused.Count == 0) return counts;
        // Where the winner was refused, the next best version of the batch takes its place.
        var others = records.Where(record => refused.Contains(record.Key.Id) && !writer.IsRefused(record)).ToList();
        if (others.Count == 0) return counts;
        var second = await MergeAsync(others, writer, now, cancel);
        return counts + second with { Rows = second.Rows - others.Count, Unchanged = second.Unchanged - others.Count };
    }

    private async Task<MergeChoice> ChooseAndPutAsync(IReadOnlyList<Record> records, RecordWriter writer, DateTime now, CancellationToken cancel)
    {
        if (IsFirstLoad)
        {
            var all = MergeChoice.Of(records, MergeChoice.NothingStored, now);
            if (await writer.TryPutNewAsync(all.Winners, cancel)) return all;
            IsFirstLoad = false;
        }
        var ids = records.Select(record => record.Key.Id).Distinct().ToArray();
        var choice = MergeChoice.Of(records, await table.ReadAsync(connection, ids, cancel), now, Overrules);
        await writer.PutAsync(choice.Winners, choice.Stored, cancel);
        return choice;
    }

    private static Counts Count(MergeChoice choice, HashSet<string> refused)
    {
        var (inserted, updated, deleted) = (0L, 0L, 0L);
        foreach (var winner in choice.Winners.Where(winner => !refused.Contains(winner.Key.Id)))
        {
            if (winner.Key.IsDeletion) deleted++;
            else if (choice.Stored.ContainsKey(winner.Key.Id)) updated++;
            else inserted++;
        }
        return new Counts(inserted + updated + deleted + choice.Unchanged, inserted, updated, choice.Unchanged, deleted);
    }

    // Versions that the raw table does not keep were not parsed by the server yet; what it would refuse must not cut a timeline.
    private async Task<long> AddHistoryAsync(RecordBatch batch, RecordWriter writer, BatchStamp stamp, CancellationToken cancel)
    {
        await writer.ProbeAsync(batch.Records.Where(record => !writer.IsTaken(record) && !writer.IsRefused(record)).ToArray(), cancel);
        return await history.AddAsync(connection, [.. batch.Records.Where(record => !writer.IsRefused(record))], stamp, cancel);
    }
}
