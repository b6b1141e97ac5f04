using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Npgsql;
using Tributary.Core.Graph;

namespace Tributary.Core.Runs;

/// <summary>
/// The append-only book of who did what: each row carries the SHA-256 of itself and of the row before, so that a removed or
/// altered row shows. Details name things, never values from the data.
/// </summary>
public static class Audit
{
    private const long Lock = 0x7472_6962_6175_6469; // one writer at a time, so that the chain has no fork

    /// <summary>Appends in a transaction of its own; the connection must not be inside another.</summary>
    public static async Task AppendAsync(NpgsqlConnection connection, RunContext context, AuditEntry entry, CancellationToken cancel)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await WriteAsync(connection, context, entry, cancel);
        await transaction.CommitAsync(cancel);
    }

    /// <summary>Appends in the caller's transaction, which holds up every other entry until it ends: the last statement before a commit.</summary>
    public static async Task WriteAsync(NpgsqlConnection connection, RunContext context, AuditEntry entry, CancellationToken cancel)
    {
        await using (var take = new NpgsqlCommand("select pg_advisory_xact_lock($1)", connection) { Parameters = { new() { Value = Lock } } })
            await take.ExecuteNonQueryAsync(cancel);
        var (sequence, previous) = await LastAsync(connection, cancel);
        var at = Truncated(context.Clock.GetUtcNow());
        var detail = JsonSerializer.Serialize(entry.Detail);
        var hash = Hash(sequence + 1, at, context.Key, context.RunId, entry.Who, entry.Action, detail, previous);
        await using var insert = new NpgsqlCommand(
            "insert into tributary.audit values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)", connection);
        foreach (var value in new object[] { sequence + 1, at.UtcDateTime, context.Key.Project, context.Key.Target, context.RunId, entry.Who, entry.Action, detail, previous, hash })
            insert.Parameters.Add(new() { Value = value });
        await insert.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>Recomputes the chain; null when it holds, else the first sequence number that does not fit.</summary>
    public static async Task<long?> VerifyAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(
            "select sequence, at, project, target, run_id, who, action, detail, previous_hash, hash from tributary.audit order by sequence", connection);
        await using var rows = await command.ExecuteReaderAsync(cancel);
        var previous = new byte[32];
        var expected = 1L;
        while (await rows.ReadAsync(cancel))
        {
            var sequence = rows.GetInt64(0);
            var hash = Hash(sequence, new DateTimeOffset(rows.GetDateTime(1), TimeSpan.Zero), new ProjectKey(rows.GetString(2), rows.GetString(3)),
                rows.GetString(4), rows.GetString(5), rows.GetString(6), rows.GetString(7), previous);
            if (sequence != expected || !previous.AsSpan().SequenceEqual((byte[])rows[8]) || !hash.AsSpan().SequenceEqual((byte[])rows[9])) return expected;
            previous = hash;
            expected++;
        }
        return null;
    }

    private static async Task<(long Sequence, byte[] Hash)> LastAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand("select sequence, hash from tributary.audit order by sequence desc limit 1", connection);
        await using var row = await command.ExecuteReaderAsync(cancel);
        return await row.ReadAsync(cancel) ? (row.GetInt64(0), (byte[])row[1]) : (0, new byte[32]);
    }

    private static byte[] Hash(long sequence, DateTimeOffset at, ProjectKey key, string runId, string who, string action, string detail, byte[] previous)
    {
        var text = JsonSerializer.Serialize<object[]>([sequence, at.UtcTicks, key.Project, key.Target, runId, who, action, detail, Convert.ToHexStringLower(previous)]);
        return SHA256.HashData(Encoding.UTF8.GetBytes(text));
    }

    /// <summary>timestamptz keeps microseconds; the hash must be of what is stored.</summary>
    private static DateTimeOffset Truncated(DateTimeOffset at) => at.AddTicks(-(at.Ticks % TimeSpan.TicksPerMicrosecond));
}
