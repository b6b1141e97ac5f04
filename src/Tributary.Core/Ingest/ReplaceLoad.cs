using Npgsql;
using Tributary.Core.Graph;
using Tributary.Core.Postgres;
using Tributary.Core.Postgres.Swaps;
using Tributary.Core.Text;

namespace Tributary.Core.Ingest;

/// <summary>
/// One load of a stream that replaces: everything that the source holds goes into a table beside, which becomes the raw table in
/// one swap. All of it is one transaction, so that an interruption leaves the old table. The stream's lock must be held.
/// </summary>
internal sealed class ReplaceLoad(NpgsqlConnection connection, RunContext context, SourceStream stream, DocumentSource source, LoadTally tally)
{
    private readonly RawTable table = RawTable.Of(stream);
    private readonly Checkpoints checkpoints = new(connection, context, stream.Key);
    private readonly LoadLedger ledger = new(connection, context, stream.Key);

    public async Task RunAsync(CancellationToken cancel)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var stamp = await checkpoints.LockAsync(cancel);
        await checkpoints.ForgetAsync(cancel);
        await ledger.SupersedeAllAsync(cancel);
        await FillAsync(await BesideAsync(cancel), stamp, cancel);
        await ledger.WriteLoadAsync(stamp, tally.Total, Checkpoint.AtRest, cancel);
        await Swap.RunAsync(connection, Beside, table.Relation, cancel);
        await transaction.CommitAsync(cancel);
        context.Successes.Loaded(stream.Key, stamp.Load);
    }

    private Relation Beside => table.Relation with { Name = Identifier.Shorten(table.Relation.Name, "__tmp") };

    private async Task<RawTable> BesideAsync(CancellationToken cancel)
    {
        var beside = new RawTable(Beside, stream.Source.Load.Raw.Columns, stream.Label);
        await Statement.RunAsync(connection, $"drop table if exists {Beside.Sql}", cancel);
        await beside.CreateAsync(connection, keyed: true, cancel);
        return beside;
    }

    private async Task FillAsync(RawTable beside, BatchStamp stamp, CancellationToken cancel)
    {
        var apply = new BatchApply(connection, context, stream, beside) { IsFirstLoad = true };
        await foreach (var batch in ReadAhead.OneBatchAsync(stop => source.ReadAsync(stream, Checkpoint.Start, stop), cancel))
        {
            using var held = batch;
            tally.See(batch);
            if (batch.IsEmpty) continue;
            var applied = await apply.RunAsync(batch, stamp, cancel);
            tally.RefuseTooMany(applied.Rejects);
            tally.Add(applied.Counts, batch.CurrentFile);
        }
    }
}
