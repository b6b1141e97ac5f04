using Npgsql;
using NpgsqlTypes;
using Tributary.Core.Graph;

namespace Tributary.Core.Ingest;

/// <summary>Reads and writes a stream's row in <c>tributary.checkpoint</c>, always on the connection that writes its records.</summary>
internal sealed class Checkpoints(NpgsqlConnection connection, RunContext context, string stream)
{
    private const string OfStream = "where project = $1 and target = $2 and stream = $3";

    private NpgsqlCommand Of(string sql) => Statement.Of(connection, sql, context.Key, stream);

    public async Task<Checkpoint> ReadAsync(CancellationToken cancel)
    {
        var (load, position) = (0L, Checkpoint.AtRest);
        await using (var command = Of($"select load, position::text from tributary.checkpoint {OfStream}"))
        await using (var row = await command.ExecuteReaderAsync(cancel))
        {
            if (await row.ReadAsync(cancel)) (load, position) = (row.GetInt64(0), row.GetString(1));
        }
        return new Checkpoint(load, position, await ReadFilesAsync(cancel));
    }

    /// <summary>False for a stream that was never loaded.</summary>
    public async Task<bool> ExistsAsync(CancellationToken cancel) =>
        await Of($"select true from tributary.checkpoint {OfStream}").ScalarAsync(cancel) is true;

    /// <summary>
    /// Locks the row until the transaction ends and returns the number and the instant of the batch that follows: the instant is
    /// later than that of every batch before, whatever the clock does.
    /// </summary>
    public async Task<BatchStamp> LockAsync(CancellationToken cancel)
    {
        if (await TryLockAsync(cancel) is { } stamp) return stamp;
        await Of("""
            insert into tributary.checkpoint (project, target, stream, updated_at) values ($1, $2, $3, '-infinity') on conflict do nothing
            """).RunAsync(cancel);
        return await TryLockAsync(cancel) ?? throw new InvalidOperationException("A checkpoint vanished under the stream's lock.");
    }

    public Task WriteAsync(long load, string position, DateTimeOffset at, CancellationToken cancel) =>
        Of($"update tributary.checkpoint set load = $4, position = $5, updated_at = $6 {OfStream}")
            .With(NpgsqlDbType.Bigint, load).With(NpgsqlDbType.Jsonb, position)
            .With(NpgsqlDbType.TimestampTz, at.UtcDateTime).RunAsync(cancel);

    /// <summary>Forgets what was read, so that the next load starts at the beginning; the load number goes on.</summary>
    public async Task ForgetAsync(CancellationToken cancel)
    {
        await Of($"delete from tributary.loaded_file {OfStream}").RunAsync(cancel);
        await Of($"update tributary.checkpoint set position = '{Checkpoint.AtRest}' {OfStream}").RunAsync(cancel);
    }

    private async Task<BatchStamp?> TryLockAsync(CancellationToken cancel)
    {
        var now = WholeMicroseconds(context.Clock.GetUtcNow());
        await using var command = Of($"select load, updated_at from tributary.checkpoint {OfStream} for update");
        await using var row = await command.ExecuteReaderAsync(cancel);
        if (!await row.ReadAsync(cancel)) return null;
        var last = row.GetDateTime(1);
        return new BatchStamp(row.GetInt64(0) + 1, now.UtcDateTime > last ? now : new DateTimeOffset(last.AddMicroseconds(1)));
    }

    private async Task<Dictionary<string, LoadedFile>> ReadFilesAsync(CancellationToken cancel)
    {
        var files = new Dictionary<string, LoadedFile>(StringComparer.Ordinal);
        await using var command = Of($"select file, bytes, sha256, lines, rows + rejects from tributary.loaded_file {OfStream}");
        await using var rows = await command.ExecuteReaderAsync(cancel);
        while (await rows.ReadAsync(cancel))
        {
            var file = new LoadedFile(
                rows.GetString(0), rows.GetInt64(1), rows.GetFieldValue<byte[]>(2), rows.GetInt64(3), rows.GetInt64(4));
            files[file.File] = file;
        }
        return files;
    }

    private static DateTimeOffset WholeMicroseconds(DateTimeOffset at) => new(at.Ticks - at.Ticks % TimeSpan.TicksPerMicrosecond, at.Offset);
}
