using Npgsql;
using Tributary.Core.Graph;

namespace Tributary.Core.Ingest;

/// <summary>
/// Commits one batch: rows, rejects, files, checkpoint and counts in one transaction, under the checkpoint row's lock. A batch
/// that changes no row and brings no reject moves the position but not the load number, so that nothing downstream is due.
/// </summary>
internal sealed class BatchCommit(NpgsqlConnection connection, RunContext context, SourceStream stream, RawTable table)
{
    private readonly Checkpoints checkpoints = new(connection, context, stream.Key);
    private readonly LoadLedger ledger = new(connection, context, stream.Key);

    /// <summary>
    /// True while every key of this load went into a table that was empty when it started, so that a look at the stored rows
    /// would find nothing; the first key that comes twice ends it. Saves about a tenth of a first load (bench load).
    /// </summary>
    public bool IsFirstLoad { get; set; }

    /// <summary>Returns what the batch did and the stream's load number after it.</summary>
    public async Task<(Counts Counts, long Load)> RunAsync(RecordBatch batch, CancellationToken cancel)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var load = await checkpoints.LockAsync(cancel) + 1;
        var writer = new RecordWriter(connection, table, new BatchStamp(load, context.Clock.GetUtcNow()));
        var counts = await WriteRecordsAsync(batch, writer, cancel);
        await ledger.SupersedeAsync(batch.Started, cancel);
        await ledger.WriteRejectsAsync(load, [.. batch.Rejects, .. writer.Refused.Select(refused => refused.ToReject())], cancel);
        await ledger.WriteFilesAsync(load, batch.Finished, cancel);
        var changed = counts.Inserted + counts.Updated + counts.Deleted + counts.Rejected > 0;
        if (changed) await ledger.WriteLoadAsync(load, counts, batch.Position, cancel);
        else load--;
        await checkpoints.WriteAsync(load, batch.Position, cancel);
        await transaction.CommitAsync(cancel);
        return (counts, load);
    }

    private async Task<Counts> WriteRecordsAsync(RecordBatch batch, RecordWriter writer, CancellationToken cancel)
    {
        var (inserted, updated, deleted, unchanged) = (0L, 0L, 0L, 0L);
        if (stream.Disposition == Disposition.Append)
        {
            await writer.PutAsync(batch.ToArray(), MergeChoice.NothingStored, cancel);
            inserted = batch.Records.Count - writer.Refused.Count;
        }
        else
        {
            var choice = await MergeAsync(batch, writer, cancel);
            var refused = writer.Refused.Select(one => one.Record.Key.Id).ToHashSet(StringComparer.Ordinal);
            foreach (var winner in choice.Winners.Where(winner => !refused.Contains(winner.Key.Id)))
            {
                if (winner.Key.IsDeletion) deleted++;
                else if (choice.Stored.ContainsKey(winner.Key.Id)) updated++;
                else inserted++;
            }
            unchanged = choice.Unchanged;
        }
        return new Counts(
            batch.Records.Count - writer.Refused.Count, inserted, updated, unchanged, deleted,
            batch.Rejects.Count + writer.Refused.Count, batch.Bytes, batch.Finished.Count);
    }

    private async Task<MergeChoice> MergeAsync(RecordBatch batch, RecordWriter writer, CancellationToken cancel)
    {
        if (IsFirstLoad)
        {
            var all = MergeChoice.Of(batch.Records, MergeChoice.NothingStored);
            if (await writer.TryPutNewAsync(all.Winners, cancel)) return all;
            IsFirstLoad = false;
        }
        var ids = batch.Records.Select(record => record.Key.Id).Distinct().ToArray();
        var choice = MergeChoice.Of(batch.Records, await table.ReadAsync(connection, ids, cancel));
        await writer.PutAsync(choice.Winners, choice.Stored, cancel);
        return choice;
    }
}
