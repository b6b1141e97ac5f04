using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using Tributary.Core.Graph;
using Tributary.Core.Postgres;
using Tributary.Core.Text;

namespace Tributary.Core.Ingest;

/// <summary>Writes what a batch did into the ledger, in the batch's own transaction: its counts, its files and its rejects.</summary>
internal sealed class LoadLedger(NpgsqlConnection connection, RunContext context, string stream)
{
    private static readonly JsonSerializerOptions Snake = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private static readonly Relation Rejects = new("tributary_reject", "reject");

    private static readonly string[] RejectColumns =
        ["project", "target", "stream", "load", "run_id", "file", "line", "byte_offset", "length", "reason", "detail", "bytes", "status", "rejected_at"];

    private DateTime Now => context.Clock.GetUtcNow().UtcDateTime;

    private NpgsqlCommand Of(string sql) => Statement.Of(connection, sql, context.Key, stream);

    /// <summary>The batch's counts, and the checkpoint behind it, in one round trip.</summary>
    public Task WriteLoadAsync(BatchStamp stamp, Counts counts, string position, CancellationToken cancel) =>
        Of(Sql.Read("Ingest/write_load.sql"))
            .With(NpgsqlDbType.Bigint, stamp.Load).With(NpgsqlDbType.Text, context.RunId)
            .With(NpgsqlDbType.Jsonb, JsonSerializer.Serialize(counts, Snake)).With(NpgsqlDbType.Jsonb, position)
            .With(NpgsqlDbType.TimestampTz, stamp.LoadedAt.UtcDateTime).RunAsync(cancel);

    /// <summary>A file that is read again from its start brings its rejects anew; the earlier ones no longer count.</summary>
    public async Task SupersedeAsync(IReadOnlyList<string> files, CancellationToken cancel)
    {
        if (files.Count == 0) return;
        await Of("""
            update tributary_reject.reject set status = 'superseded'
            where project = $1 and target = $2 and stream = $3 and status = 'open' and file = any($4)
            """).With(NpgsqlDbType.Array | NpgsqlDbType.Text, files.ToArray()).RunAsync(cancel);
    }

    /// <summary>Everything is read anew.</summary>
    public Task SupersedeAllAsync(CancellationToken cancel) =>
        Of("""
            update tributary_reject.reject set status = 'superseded'
            where project = $1 and target = $2 and stream = $3 and status = 'open'
            """).RunAsync(cancel);

    /// <summary>The corrected record of a reject went in with this batch.</summary>
    public Task ReleaseAsync(long reject, CancellationToken cancel) =>
        Of(Sql.Read("Ingest/release_reject.sql")).With(NpgsqlDbType.Bigint, reject).With(NpgsqlDbType.TimestampTz, Now).RunAsync(cancel);

    public async Task WriteRejectsAsync(long load, IReadOnlyList<Reject> rejects, CancellationToken cancel)
    {
        if (rejects.Count == 0) return;
        await using var copy = await BinaryCopy.BeginAsync(connection, Rejects, RejectColumns, cancel);
        foreach (var reject in rejects)
        {
            Write(copy, reject, load);
            if (copy.IsFull) await copy.FlushAsync(cancel);
        }
        await copy.CompleteAsync(cancel);
    }

    private void Write(BinaryCopy copy, Reject reject, long load)
    {
        copy.StartRow();
        copy.Text(context.Key.Project);
        copy.Text(context.Key.Target);
        copy.Text(stream);
        copy.Bigint(load);
        copy.Text(context.RunId);
        copy.Text(reject.File);
        copy.Bigint(reject.Line);
        copy.Bigint(reject.Offset);
        copy.Bigint(reject.Length);
        copy.Text(reject.Code);
        copy.Text(reject.Detail);
        copy.Bytes(reject.Bytes.Span);
        copy.Text(reject.IsErased ? "erased" : reject.IsNote ? "noted" : "open");
        copy.Timestamp(context.Clock.GetUtcNow());
    }

    public async Task WriteFilesAsync(long load, IReadOnlyList<FinishedFile> files, CancellationToken cancel)
    {
        foreach (var file in files)
        {
            await Of(Sql.Read("Ingest/write_loaded_file.sql"))
                .With(NpgsqlDbType.Text, file.File).With(NpgsqlDbType.Bigint, file.Bytes)
                .With(NpgsqlDbType.Bytea, file.Sha256).With(NpgsqlDbType.Bigint, file.Lines)
                .With(NpgsqlDbType.Bigint, file.Records).With(NpgsqlDbType.Bigint, load)
                .With(NpgsqlDbType.TimestampTz, Now).RunAsync(cancel);
        }
    }
}
