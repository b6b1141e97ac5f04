using Npgsql;
using Tributary.Core.Graph;

namespace Tributary.Core.Ingest;

/// <summary>
/// Commits one batch: rows, rejects, files, checkpoint and counts in one transaction, under the checkpoint row's lock. A batch
/// that changes nothing moves the position but not the load number.
/// </summary>
internal sealed class BatchCommit(NpgsqlConnection connection, RunContext context, SourceStream stream, BatchApply apply, ProgressTable? progress = null)
{
    private readonly Checkpoints checkpoints = new(connection, context, stream.Key);
    private readonly LoadLedger ledger = new(connection, context, stream.Key);

    /// <summary>
    /// Returns what the batch did and the stream's load number after it. <paramref name="check"/> sees the batch's rejects before
    /// the commit and may throw.
    /// </summary>
    public async Task<(Counts Counts, long Load)> RunAsync(RecordBatch batch, Action<IReadOnlyList<Reject>> check, CancellationToken cancel)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var stamp = await checkpoints.LockAsync(cancel);
        var applied = await apply.RunAsync(batch, stamp, cancel);
        check(applied.Rejects);
        if (batch.Released is { } reject) await ledger.ReleaseAsync(reject, cancel);
        if (applied.Changed) await ledger.WriteLoadAsync(stamp, applied.Counts, batch.Position, cancel);
        else await checkpoints.WriteAsync(stamp.Load - 1, batch.Position, stamp.LoadedAt, cancel);
        if (progress is not null) await progress.WriteAsync(batch.Position, stamp.LoadedAt, cancel);
        await transaction.CommitAsync(cancel);
        return (applied.Counts, applied.Changed ? stamp.Load : stamp.Load - 1);
    }
}
