using Npgsql;
using Tributary.Core.Graph;
using Tributary.Core.Text;

namespace Tributary.Core.Ingest;

/// <summary>One load of a stream on one connection, from the checkpoint to the end of what the source has.</summary>
internal sealed class StreamLoad(NpgsqlConnection connection, RunContext context, SourceStream stream, string nodeId)
{
    private readonly RawTable table = new(stream.Raw, stream.Source.Load.Raw.Columns);
    private readonly List<string> firstRejects = [];
    private Counts total = Counts.None;

    /// <summary>Loads and returns the totals; the stream's lock must be held.</summary>
    public async Task<Counts> RunAsync(CancellationToken cancel)
    {
        var checkpoints = new Checkpoints(connection, context, stream.Key);
        if (await table.FindAsync(connection, cancel) is null) await MakeTableAsync(checkpoints, cancel);
        var checkpoint = await checkpoints.ReadAsync(cancel);
        var commit = new BatchCommit(connection, context, stream, table) { IsFirstLoad = await table.IsEmptyAsync(connection, cancel) };
        await foreach (var batch in ReadAhead.OneBatchAsync(stop => stream.Source.ReadAsync(stream, checkpoint, stop), cancel))
        {
            using (batch) await CommitAsync(commit, batch, cancel);
        }
        return total;
    }

    private async Task CommitAsync(BatchCommit commit, RecordBatch batch, CancellationToken cancel)
    {
        RefuseTooMany(batch.Rejects);
        var (counts, load) = await commit.RunAsync(batch, cancel);
        total += counts;
        context.Successes.Loaded(stream.Key, load);
        context.Progress.Report(new NodeProgress(nodeId, total.Rows, total.Bytes, batch.CurrentFile));
    }

    // A table that is gone takes the memory of what went into it along.
    private async Task MakeTableAsync(Checkpoints checkpoints, CancellationToken cancel)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await table.CreateAsync(connection, keyed: stream.Disposition == Disposition.Merge, cancel);
        await checkpoints.ForgetAsync(cancel);
        await transaction.CommitAsync(cancel);
    }

    private void RefuseTooMany(IReadOnlyList<Reject> rejects)
    {
        firstRejects.AddRange(rejects.Take(3 - Math.Min(3, firstRejects.Count)).Select(reject => $"{reject.File}:{reject.Line} {reject.Code}"));
        if (stream.MaxRejects is not { } most || total.Rejected + rejects.Count <= most) return;
        throw new UserErrorException(
            ErrorCodes.TooManyRejects, null,
            $"The load of {stream.Key} met {total.Rejected + rejects.Count} bad records, and max_rejects is {most}; the first: {string.Join(", ", firstRejects)}.",
            "Correct the files or raise max_rejects; the batches before this one are kept, and the next load goes on behind them.");
    }
}
