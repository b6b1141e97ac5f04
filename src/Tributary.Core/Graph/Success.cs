using Npgsql;
using NpgsqlTypes;
using Tributary.Core.Postgres;

namespace Tributary.Core.Graph;

/// <summary>What a node hands over when it succeeded; written in the transaction that publishes its relation.</summary>
public sealed record Success(string NodeId, string Fingerprint, uint? RelationOid = null, string? Reads = null)
{
    /// <summary>The relation by name, where its oid is not known yet when the statement is made.</summary>
    public Relation? Relation { get; init; }

    /// <summary>Of a node that reads changes: how far it has seen them.</summary>
    public ChangeCursor? Cursor { get; init; }

    /// <summary>Nothing of the relation changed: what hangs on it stays as it is.</summary>
    public bool IsSame { get; init; }

    internal static string Sql => Text.Sql.Read("Graph/write_success.sql");

    /// <summary>
    /// Writes the record on the node's own transaction. The caller commits and then tells
    /// <see cref="SuccessRecords.Committed"/>, so that nobody sees a success that was rolled back.
    /// </summary>
    public async Task<SuccessRecord> WriteAsync(NpgsqlConnection connection, RunContext context, CancellationToken cancel)
    {
        if (!context.HasControl) return new SuccessRecord(NodeId, 0, Fingerprint, RelationOid, null, IsStale: false, IsOurs: true, Reads);
        await using var command = new NpgsqlCommand(Sql, connection);
        Bind(command.Parameters, context);
        await using var row = await command.ExecuteReaderAsync(cancel);
        await row.ReadAsync(cancel);
        return Read(row);
    }

    internal void Bind(NpgsqlParameterCollection parameters, RunContext context)
    {
        Add(parameters, NpgsqlDbType.Text, context.Key.Project);
        Add(parameters, NpgsqlDbType.Text, context.Key.Target);
        Add(parameters, NpgsqlDbType.Text, NodeId);
        Add(parameters, NpgsqlDbType.Text, Fingerprint);
        Add(parameters, NpgsqlDbType.Oid, RelationOid);
        Add(parameters, NpgsqlDbType.Text, Relation?.Sql);
        Add(parameters, NpgsqlDbType.Jsonb, Reads);
        Add(parameters, NpgsqlDbType.Text, context.RunId);
        Add(parameters, NpgsqlDbType.TimestampTz, context.AsOf.UtcDateTime);
        Add(parameters, NpgsqlDbType.TimestampTz, context.Clock.GetUtcNow().UtcDateTime);
        Add(parameters, NpgsqlDbType.Boolean, IsSame);
    }

    /// <summary>The parameters of <see cref="ChangeCursor.Sql"/>.</summary>
    internal static void BindCursor(NpgsqlParameterCollection parameters, RunContext context, string nodeId, ChangeCursor cursor)
    {
        Add(parameters, NpgsqlDbType.Text, context.Key.Project);
        Add(parameters, NpgsqlDbType.Text, context.Key.Target);
        Add(parameters, NpgsqlDbType.Text, nodeId);
        Add(parameters, NpgsqlDbType.Array | NpgsqlDbType.Text, cursor.Loads.Keys.ToArray());
        Add(parameters, NpgsqlDbType.Array | NpgsqlDbType.Bigint, cursor.Loads.Values.ToArray());
        Add(parameters, NpgsqlDbType.Text, cursor.Definition);
    }

    /// <summary>The row that the statement returned.</summary>
    internal SuccessRecord Read(NpgsqlDataReader row)
    {
        var file = row.IsDBNull(1) ? (uint?)null : row.GetFieldValue<uint>(1);
        var oid = row.IsDBNull(2) ? (uint?)null : row.GetFieldValue<uint>(2);
        return new SuccessRecord(NodeId, row.GetInt64(0), Fingerprint, oid, file, IsStale: false, IsOurs: true, Reads) { Cursor = Cursor };
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
        Add(command.Parameters, NpgsqlDbType.Text, context.Key.Project);
        Add(command.Parameters, NpgsqlDbType.Text, context.Key.Target);
        Add(command.Parameters, NpgsqlDbType.Text, nodeId);
        await command.ExecuteNonQueryAsync(cancel);
        context.Successes.Committed(record with { IsStale = true });
    }

    private static void Add(NpgsqlParameterCollection parameters, NpgsqlDbType type, object? value) =>
        parameters.Add(new() { NpgsqlDbType = type, Value = value ?? DBNull.Value });
}
