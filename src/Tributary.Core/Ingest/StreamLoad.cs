using Npgsql;
using NpgsqlTypes;
using Tributary.Core.Graph;

namespace Tributary.Core.Ingest;

/// <summary>
/// One load of a stream that appends or merges, batch by batch from the checkpoint to the end of what the source has. The
/// stream's lock must be held.
/// </summary>
internal sealed class StreamLoad(
    NpgsqlConnection connection, RunContext context, SourceStream stream,
    Func<SourceStream, Checkpoint, CancellationToken, IAsyncEnumerable<RecordBatch>> read, LoadTally tally)
{
    private readonly RawTable table = RawTable.Of(stream);
    private readonly Checkpoints checkpoints = new(connection, context, stream.Key);
    private readonly ProgressTable? progress = ProgressTable.Of(connection, stream);

    public async Task RunAsync(CancellationToken cancel)
    {
        await MakeTablesAsync(cancel);
        var checkpoint = await AdoptAsync(await checkpoints.ReadAsync(cancel) with { Stored = new RawTableKeys(context.Database, table) }, cancel);
        context.Successes.Loaded(stream.Key, checkpoint.Load); // another process may have loaded while this one waited
        var apply = new BatchApply(connection, context, stream, table) { IsFirstLoad = await table.IsEmptyAsync(connection, cancel) };
        var commit = new BatchCommit(connection, context, stream, apply, progress);
        var position = checkpoint.Position;
        await foreach (var batch in ReadAhead.OneBatchAsync(stop => read(stream, checkpoint, stop), cancel))
        {
            using var held = batch;
            tally.See(batch);
            if (batch.IsEmpty && batch.Position == position) continue;
            var (counts, load) = await commit.RunAsync(batch, tally.RefuseTooMany, cancel);
            position = batch.Position;
            context.Successes.Loaded(stream.Key, load);
            tally.Add(counts, batch.CurrentFile);
        }
    }

    private async Task MakeTablesAsync(CancellationToken cancel)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await LockTableAsync(cancel);
        var found = await table.FindAsync(connection, cancel);
        if (found is null) await table.CreateAsync(connection, keyed: stream.Disposition == Disposition.Merge, cancel);
        else await new TakeOver(connection, stream, table).RunAsync(cancel);
        if (stream.History) await new HistoryTable(table, stream.Source.Load.Raw.Columns).CreateAsync(connection, cancel);
        if (progress is not null) await progress.PrepareAsync(cancel);
        await ForgetWhatIsGoneAsync(cancel);
        await transaction.CommitAsync(cancel);
    }

    // The rows and the sequence of another program: its copy goes on and is not made again.
    private async Task<Checkpoint> AdoptAsync(Checkpoint checkpoint, CancellationToken cancel)
    {
        if (progress is null || await checkpoints.ExistsAsync(cancel) || await table.IsEmptyAsync(connection, cancel)) return checkpoint;
        if (await progress.FindAsync(cancel) is not { } sequence) return checkpoint;
        return checkpoint with { Position = stream.Source.PositionAt(sequence) };
    }

    // Streams that share a table may start at once.
    private Task LockTableAsync(CancellationToken cancel) =>
        Statement.Of(connection, "select pg_advisory_xact_lock(hashtextextended($1, 0))")
            .With(NpgsqlDbType.Text, $"tributary make {table.Relation}").RunAsync(cancel);

    // A table that was dropped or emptied takes the memory of what went into it along.
    private async Task ForgetWhatIsGoneAsync(CancellationToken cancel)
    {
        if (!await table.IsEmptyAsync(connection, cancel)) return;
        var checkpoint = await checkpoints.ReadAsync(cancel);
        var isLoaded = checkpoint.Position != Checkpoint.AtRest || checkpoint.Files.Values.Any(file => file.Records > 0);
        if (isLoaded) await checkpoints.ForgetAsync(cancel);
    }
}
