using Npgsql;
using NpgsqlTypes;
using Tributary.Core.Text;

namespace Tributary.Core.Graph;

/// <summary>What a node hands over when it succeeded; written in the transaction that publishes its relation.</summary>
public sealed record Success(string NodeId, string Fingerprint, uint? RelationOid = null, string? Reads = null)
{
    /// <summary>
    /// Writes the record on the node's own transaction. The caller commits and then tells
    /// <see cref="SuccessRecords.Committed"/>, so that nobody sees a success that was rolled back.
    /// </summary>
    public async Task<SuccessRecord> WriteAsync(NpgsqlConnection connection, RunContext context, CancellationToken cancel)
    {
        if (!context.HasControl) return new SuccessRecord(NodeId, 0, Fingerprint, RelationOid, null, IsStale: false, IsOurs: true, Reads);
        await using var command = new NpgsqlCommand(Sql.Read("Graph/write_success.sql"), connection);
        Add(command, NpgsqlDbType.Text, context.Key.Project);
        Add(command, NpgsqlDbType.Text, context.Key.Target);
        Add(command, NpgsqlDbType.Text, NodeId);
        Add(command, NpgsqlDbType.Text, Fingerprint);
        Add(command, NpgsqlDbType.Oid, RelationOid);
        Add(command, NpgsqlDbType.Jsonb, Reads);
        Add(command, NpgsqlDbType.Text, context.RunId);
        Add(command, NpgsqlDbType.TimestampTz, context.AsOf.UtcDateTime);
        Add(command, NpgsqlDbType.TimestampTz, context.Clock.GetUtcNow().UtcDateTime);
        await using var row = await command.ExecuteReaderAsync(cancel);
        await row.ReadAsync(cancel);
        var file = row.IsDBNull(1) ? (uint?)null : row.GetFieldValue<uint>(1);
        return new SuccessRecord(NodeId, row.GetInt64(0), Fingerprint, RelationOid, file, IsStale: false, IsOurs: true, Reads);
    }

    /// <summary>
    /// Marks the last good relation of a node whose build failed: it stays readable, and stays due until a build succeeds,
    /// even when no new data comes.
    /// </summary>
    public static async Task MarkStaleAsync(RunContext context, string nodeId, CancellationToken cancel)
    {
        if (!context.HasControl || context.Successes.Find(nodeId) is not { IsStale: false } record) return;
        await using var connection = await context.Database.OpenAsync(cancel);
        await using var command = new NpgsqlCommand(
            "update tributary.success set stale = true where project = $1 and target = $2 and node = $3", connection);
        Add(command, NpgsqlDbType.Text, context.Key.Project);
        Add(command, NpgsqlDbType.Text, context.Key.Target);
        Add(command, NpgsqlDbType.Text, nodeId);
        await command.ExecuteNonQueryAsync(cancel);
        context.Successes.Committed(record with { IsStale = true });
    }

    private static void Add(NpgsqlCommand command, NpgsqlDbType type, object? value) =>
        command.Parameters.Add(new() { NpgsqlDbType = type, Value = value ?? DBNull.Value });
}
