using Npgsql;
using Tributary.Core.Graph;
using Tributary.Core.Postgres;
using Tributary.Core.Text;

namespace Tributary.Core.Ingest;

/// <summary>
/// Compares a raw table with what the source holds now, by key and version: all keys go into a temporary table, so that memory does not
/// grow with them and no order is asked of the source. What differs is fetched anew under the checkpoint's lock, so that a load that runs
/// meanwhile neither fools the comparison nor is overwritten; a repair keeps what was fetched.
/// </summary>
public sealed class Comparison(RunContext context, SourceStream stream)
{
    private const int FetchedAtOnce = 500;

    private readonly RawTable table = RawTable.Of(stream);

    public async Task<ComparisonReport> RunAsync(bool repairs, CancellationToken cancel)
    {
        if (stream.Source is not DocumentSource { CanCompare: true } source)
            throw new UserErrorException(ErrorCodes.NotSupported, stream.Source.At, $"The source of {stream.Key} cannot say what it holds.", null);
        await using var connection = await context.Database.OpenAsync(cancel);
        if (await table.FindAsync(connection, cancel) is null || !await new Checkpoints(connection, context, stream.Key).ExistsAsync(cancel))
            throw new UserErrorException(ErrorCodes.InvalidValue, stream.Source.At, $"The stream {stream.Key} was never loaded.", $"Run `tributary sync {stream.Key}` first.");
        try
        {
            var listed = await ListAsync(connection, source, cancel);
            var report = new ComparisonReport(listed, 0, 0, 0, 0);
            foreach (var some in (await FindAsync(connection, cancel)).Chunk(FetchedAtOnce)) report += await SettleAsync(connection, source, some, repairs, cancel);
            return report;
        }
        catch (Exception error) when (LoadFailure.Explain(error, stream) is { } explained)
        {
            throw explained;
        }
    }

    private async Task<long> ListAsync(NpgsqlConnection connection, DocumentSource source, CancellationToken cancel)
    {
        await Statement.RunAsync(connection, "drop table if exists pg_temp.tributary_listed; create temp table tributary_listed (id text, version text)", cancel);
        long listed;
        await using (var copy = await BinaryCopy.BeginAsync(connection, new Relation("pg_temp", "tributary_listed"), ["id", "version"], cancel))
        {
            await foreach (var key in source.ListKeysAsync(stream, cancel))
            {
                copy.StartRow();
                copy.Text(key.Id);
                copy.Text(key.Version);
                if (copy.IsFull) await copy.FlushAsync(cancel);
            }
            listed = await copy.CompleteAsync(cancel);
        }
        await Statement.RunAsync(connection, "analyze pg_temp.tributary_listed", cancel);
        return listed;
    }

    private async Task<List<string>> FindAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        var ids = new List<string>();
        await using var command = table.Own(connection, table.Fill("Ingest/find_differences.sql"));
        await using var rows = await command.ExecuteReaderAsync(cancel);
        while (await rows.ReadAsync(cancel)) ids.Add(rows.GetString(0));
        return ids;
    }

    private async Task<ComparisonReport> SettleAsync(NpgsqlConnection connection, DocumentSource source, string[] ids, bool repairs, CancellationToken cancel)
    {
        var checkpoints = new Checkpoints(connection, context, stream.Key);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var stamp = await checkpoints.LockAsync(cancel);
        using var batch = await source.FetchAsync(stream, ids, cancel);
        var applied = await new BatchApply(connection, context, stream, table) { Overrules = true }.RunAsync(batch, stamp, cancel);
        var counts = applied.Counts;
        if (repairs && counts.Inserted + counts.Updated + counts.Deleted > 0)
        {
            var position = (await checkpoints.ReadAsync(cancel)).Position;
            await new LoadLedger(connection, context, stream.Key).WriteLoadAsync(stamp, counts, position, cancel);
            await transaction.CommitAsync(cancel);
            context.Successes.Loaded(stream.Key, stamp.Load);
        }
        else
        {
            await transaction.RollbackAsync(cancel);
        }
        return new ComparisonReport(0, counts.Inserted, counts.Updated, counts.Deleted, applied.Rejects.Count);
    }
}

/// <summary>
/// What a comparison found: records that the source listed; of those not in the table, those that differ, rows whose record is gone, and
/// records that cannot be loaded.
/// </summary>
public sealed record ComparisonReport(long Listed, long Missing, long Different, long Gone, long Rejected)
{
    public long Differences => Missing + Different + Gone;

    public static ComparisonReport operator +(ComparisonReport a, ComparisonReport b) =>
        new(a.Listed + b.Listed, a.Missing + b.Missing, a.Different + b.Different, a.Gone + b.Gone, a.Rejected + b.Rejected);
}
