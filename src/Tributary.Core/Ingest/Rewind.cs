using Tributary.Core.Graph;
using Tributary.Core.Ingest.Drops;

namespace Tributary.Core.Ingest;

/// <summary>
/// Makes a stream start again at its beginning: what it read is forgotten, the load number goes on. A merge or replace finds its
/// rows as they are; rows that were appended would come twice, so they go with the memory.
/// </summary>
public static class Rewind
{
    /// <summary>Returns the number of appended rows that were removed; the next load reads everything again.</summary>
    public static async Task<long> RunAsync(RunContext context, SourceStream stream, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(stream);
        var table = RawTable.Of(stream);
        await using var connection = await context.Database.OpenAsync(cancel);
        await StreamLock.TakeAsync(connection, context, stream.Key, table, cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var checkpoints = new Checkpoints(connection, context, stream.Key);
        var stamp = await checkpoints.LockAsync(cancel);
        await checkpoints.ForgetAsync(cancel);
        await new DropStates(connection, context).ForgetAsync(stream.Key, cancel);
        var isThere = stream.Disposition == Disposition.Append && await table.FindAsync(connection, cancel) is not null;
        var removed = isThere ? await Statement.RunAsync(connection, $"delete from {table.Relation.Sql}", cancel) : 0;
        var load = removed > 0 ? stamp.Load : stamp.Load - 1;
        await checkpoints.WriteAsync(load, Checkpoint.AtRest, stamp.LoadedAt, cancel);
        await transaction.CommitAsync(cancel);
        await StreamLock.ReleaseAsync(connection);
        context.Successes.Loaded(stream.Key, load);
        return removed;
    }
}
