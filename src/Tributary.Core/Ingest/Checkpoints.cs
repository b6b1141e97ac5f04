using Npgsql;
using NpgsqlTypes;
using Tributary.Core.Graph;

namespace Tributary.Core.Ingest;

/// <summary>Reads and writes a stream's row in <c>tributary.checkpoint</c>, always on the connection that writes its records.</summary>
internal sealed class Checkpoints(NpgsqlConnection connection, RunContext context, string stream)
{
    private NpgsqlCommand Of(string sql) => Statement.Of(connection, sql, context.Key, stream);

    public async Task<Checkpoint> ReadAsync(CancellationToken cancel)
    {
        var (load, position) = (0L, Checkpoint.AtRest);
        await using (var command = Of("select load, position::text from tributary.checkpoint where project = $1 and target = $2 and stream = $3"))
        await using (var row = await command.ExecuteReaderAsync(cancel))
        {
            if (await row.ReadAsync(cancel)) (load, position) = (row.GetInt64(0), row.GetString(1));
        }
        return new Checkpoint(load, position, await ReadFilesAsync(cancel));
    }

    /// <summary>Locks the row until the transaction ends and returns its load number.</summary>
    public async Task<long> LockAsync(CancellationToken cancel)
    {
        await Of("""
            insert into tributary.checkpoint (project, target, stream, updated_at) values ($1, $2, $3, $4) on conflict do nothing
            """).With(NpgsqlDbType.TimestampTz, context.Clock.GetUtcNow().UtcDateTime).RunAsync(cancel);
        return (long)(await Of("select load from tributary.checkpoint where project = $1 and target = $2 and stream = $3 for update")
            .ScalarAsync(cancel))!; // the row was made above
    }

    public Task WriteAsync(long load, string position, CancellationToken cancel) =>
        Of("""
            update tributary.checkpoint set load = $4, position = $5, updated_at = $6
            where project = $1 and target = $2 and stream = $3
            """)
            .With(NpgsqlDbType.Bigint, load).With(NpgsqlDbType.Jsonb, position)
            .With(NpgsqlDbType.TimestampTz, context.Clock.GetUtcNow().UtcDateTime).RunAsync(cancel);

    /// <summary>Forgets what was read, so that the next load starts at the beginning; the load number goes on.</summary>
    public async Task ForgetAsync(CancellationToken cancel)
    {
        await Of("delete from tributary.loaded_file where project = $1 and target = $2 and stream = $3").RunAsync(cancel);
        await Of("update tributary.checkpoint set position = '{}' where project = $1 and target = $2 and stream = $3").RunAsync(cancel);
    }

    private async Task<Dictionary<string, LoadedFile>> ReadFilesAsync(CancellationToken cancel)
    {
        var files = new Dictionary<string, LoadedFile>(StringComparer.Ordinal);
        await using var command = Of("select file, bytes, sha256 from tributary.loaded_file where project = $1 and target = $2 and stream = $3");
        await using var rows = await command.ExecuteReaderAsync(cancel);
        while (await rows.ReadAsync(cancel))
            files[rows.GetString(0)] = new LoadedFile(rows.GetString(0), rows.GetInt64(1), rows.GetFieldValue<byte[]>(2));
        return files;
    }
}
