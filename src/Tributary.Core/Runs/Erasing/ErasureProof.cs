using Npgsql;
using NpgsqlTypes;
using Tributary.Core.Graph;
using Tributary.Core.Postgres;
using Tributary.Core.Text;

namespace Tributary.Core.Runs.Erasing;

/// <summary>The search after an erasure: every relation of the warehouse that has the subject's column, and those that still hold the subject.</summary>
public sealed record ErasureProof(long Searched, IReadOnlyList<(string Relation, long Rows)> Left, long Deliveries)
{
    public static async Task<ErasureProof> SearchAsync(RunContext context, IReadOnlyList<string> columns, string subject, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(context);
        await using var connection = await context.Database.OpenAsync(cancel);
        var places = await PlacesAsync(connection, columns, cancel);
        var left = new List<(string, long)>();
        foreach (var (relation, column) in places)
        {
            await using var command = new NpgsqlCommand($"select count(*) from {relation.Sql} where btrim({Identifier.Quote(column)}::text) = $1", connection) { CommandTimeout = 0 };
            command.Parameters.Add(new() { NpgsqlDbType = NpgsqlDbType.Text, Value = subject });
            if (await command.ExecuteScalarAsync(cancel) is long rows and > 0) left.Add(($"{relation}.{column}", rows));
        }
        return new ErasureProof(places.Count, left, await DeliveriesAsync(connection, context.Key, cancel));
    }

    private static async Task<List<(Relation, string)>> PlacesAsync(NpgsqlConnection connection, IReadOnlyList<string> columns, CancellationToken cancel)
    {
        var places = new List<(Relation, string)>();
        await using var command = new NpgsqlCommand(Sql.Read("Runs/Erasing/find_columns.sql"), connection);
        command.Parameters.Add(new() { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text, Value = columns.ToArray() });
        await using var rows = await command.ExecuteReaderAsync(cancel);
        while (await rows.ReadAsync(cancel)) places.Add((new Relation(rows.GetString(0), rows.GetString(1)), rows.GetString(2)));
        return places;
    }

    // What left the warehouse before is out of its reach: whoever erases must know that there is some.
    private static async Task<long> DeliveriesAsync(NpgsqlConnection connection, ProjectKey key, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand("select count(*) from tributary.delivery where project = $1 and target = $2 and removed_at is null", connection);
        command.Parameters.Add(new() { Value = key.Project });
        command.Parameters.Add(new() { Value = key.Target });
        return await command.ExecuteScalarAsync(cancel) as long? ?? 0;
    }
}
