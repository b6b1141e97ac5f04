using Tributary.Core.Text;
using System.Collections.Concurrent;
using Npgsql;
using NpgsqlTypes;

namespace Tributary.Core.Graph;

/// <summary>The success records of one (project, target): one query at the start of a run, then kept up as nodes commit.</summary>
public sealed class SuccessRecords
{
    private readonly ConcurrentDictionary<string, SuccessRecord> byNode;
    private readonly ConcurrentDictionary<string, long> loads;

    private SuccessRecords(ConcurrentDictionary<string, SuccessRecord> byNode, ConcurrentDictionary<string, long> loads)
    {
        this.byNode = byNode;
        this.loads = loads;
    }

    /// <summary>Nothing known: every node is stale.</summary>
    public static SuccessRecords None => new([], []);

    /// <summary>The record of a node; null when it never succeeded here.</summary>
    public SuccessRecord? Find(string nodeId) => byNode.GetValueOrDefault(nodeId);

    /// <summary>The number of the last committed batch of a stream (<c>fhir.Patient</c>); 0 when it was never loaded.</summary>
    public long LoadOf(string stream) => loads.GetValueOrDefault(stream);

    /// <summary>Called by the node right after its commit.</summary>
    public void Committed(SuccessRecord record) => byNode[record.NodeId] = record;

    /// <summary>Called by the load right after a batch's commit.</summary>
    public void Loaded(string stream, long load) => loads[stream] = load;

    public static async Task<SuccessRecords> ReadAsync(NpgsqlConnection connection, ProjectKey key, CancellationToken cancel)
    {
        var byNode = new ConcurrentDictionary<string, SuccessRecord>();
        await using (var command = new NpgsqlCommand(Sql.Read("Graph/read_successes.sql"), connection))
        {
            command.Parameters.Add(new() { Value = key.Project, NpgsqlDbType = NpgsqlDbType.Text });
            command.Parameters.Add(new() { Value = key.Target, NpgsqlDbType = NpgsqlDbType.Text });
            await using var rows = await command.ExecuteReaderAsync(cancel);
            while (await rows.ReadAsync(cancel))
            {
                var record = new SuccessRecord(
                    rows.GetString(0), rows.GetInt64(1), rows.GetString(2),
                    rows.IsDBNull(3) ? null : rows.GetFieldValue<uint>(3), rows.IsDBNull(4) ? null : rows.GetFieldValue<uint>(4),
                    rows.GetBoolean(5), rows.GetBoolean(6), rows.IsDBNull(7) ? null : rows.GetString(7));
                byNode[record.NodeId] = record;
            }
        }
        await ReadCursorsAsync(connection, key, byNode, cancel);
        return new SuccessRecords(byNode, await ReadLoadsAsync(connection, key, cancel));
    }

    private static async Task ReadCursorsAsync(NpgsqlConnection connection, ProjectKey key, ConcurrentDictionary<string, SuccessRecord> byNode, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(
            "select node, definition, array_agg(stream), array_agg(load) from tributary.cursor where project = $1 and target = $2 group by node, definition", connection);
        command.Parameters.Add(new() { Value = key.Project });
        command.Parameters.Add(new() { Value = key.Target });
        await using var rows = await command.ExecuteReaderAsync(cancel);
        while (await rows.ReadAsync(cancel))
        {
            if (!byNode.TryGetValue(rows.GetString(0), out var record)) continue;
            var loads = rows.GetFieldValue<string[]>(2).Zip(rows.GetFieldValue<long[]>(3)).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal);
            byNode[record.NodeId] = record with { Cursor = new ChangeCursor(rows.GetString(1), loads) };
        }
    }

    private static async Task<ConcurrentDictionary<string, long>> ReadLoadsAsync(
        NpgsqlConnection connection, ProjectKey key, CancellationToken cancel)
    {
        var loads = new ConcurrentDictionary<string, long>();
        await using var command = new NpgsqlCommand(
            "select stream, load from tributary.checkpoint where project = $1 and target = $2", connection);
        command.Parameters.Add(new() { Value = key.Project });
        command.Parameters.Add(new() { Value = key.Target });
        await using var rows = await command.ExecuteReaderAsync(cancel);
        while (await rows.ReadAsync(cancel)) loads[rows.GetString(0)] = rows.GetInt64(1);
        return loads;
    }
}
