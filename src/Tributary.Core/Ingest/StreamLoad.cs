using Npgsql;
using Tributary.Core.Graph;
using Tributary.Core.Text;

namespace Tributary.Core.Ingest;

/// <summary>One load of a stream on one connection, from the checkpoint to the end of what the source has. The stream's lock must be held.</summary>
internal sealed class StreamLoad(NpgsqlConnection connection, RunContext context, SourceStream stream, string nodeId)
{
    private readonly RawTable table = RawTable.Of(stream);
    private readonly Checkpoints checkpoints = new(connection, context, stream.Key);
    private readonly List<string> firstRejects = [];
    private readonly Dictionary<string, long> leftOut = [];

    /// <summary>What the load did so far; what it committed, when it is stopped.</summary>
    public Counts Total { get; private set; } = Counts.None;

    /// <summary>What the source holds and no stream reads, for the user; null when there is nothing.</summary>
    public string? Note => leftOut.Count == 0 ? null
        : "left out: " + string.Join(", ", leftOut.OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => one.Value == 1 ? one.Key : $"{one.Value} {one.Key}"));

    public async Task RunAsync(CancellationToken cancel)
    {
        await MakeTablesAsync(cancel);
        var checkpoint = await checkpoints.ReadAsync(cancel);
        var apply = new BatchApply(connection, context, stream, table) { IsFirstLoad = await table.IsEmptyAsync(connection, cancel) };
        var commit = new BatchCommit(connection, context, stream, apply);
        var position = checkpoint.Position;
        await foreach (var batch in ReadAhead.OneBatchAsync(stop => stream.Source.ReadAsync(stream, checkpoint, stop), cancel))
        {
            using var held = batch;
            foreach (var (what, count) in batch.LeftOut) leftOut[what] = leftOut.GetValueOrDefault(what) + count;
            if (batch.IsEmpty && batch.Position == position) continue;
            var (counts, load) = await commit.RunAsync(batch, RefuseTooMany, cancel);
            position = batch.Position;
            Report(counts, load, batch.CurrentFile);
        }
    }

    private void Report(Counts counts, long load, string? file)
    {
        Total += counts;
        context.Successes.Loaded(stream.Key, load);
        context.Progress.Report(new NodeProgress(nodeId, Total.Rows, Total.Bytes, file));
    }

    // A table that is gone takes the memory of what went into it along.
    private async Task MakeTablesAsync(CancellationToken cancel)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        if (await table.FindAsync(connection, cancel) is null)
        {
            await table.CreateAsync(connection, keyed: stream.Disposition != Disposition.Append, cancel);
            await checkpoints.ForgetAsync(cancel);
        }
        if (stream.History) await new HistoryTable(table, stream.Source.Load.Raw.Columns).CreateAsync(connection, cancel);
        await transaction.CommitAsync(cancel);
    }

    private void RefuseTooMany(IReadOnlyList<Reject> rejects)
    {
        firstRejects.AddRange(rejects.Take(3 - firstRejects.Count).Select(reject => $"{reject.File}:{reject.Line} ({reject.Code})"));
        if (stream.MaxRejects is not { } most || Total.Rejected + rejects.Count <= most) return;
        throw new UserErrorException(
            ErrorCodes.TooManyRejects, stream.Source.At,
            $"The load of {stream.Key} met {Total.Rejected + rejects.Count} bad records, and max_rejects is {most}. The first: {string.Join(", ", firstRejects)}.",
            "Correct the files or raise max_rejects. The batches before this one are kept, and the next load goes on behind them.");
    }
}
