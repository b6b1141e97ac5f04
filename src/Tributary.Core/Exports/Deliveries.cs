using Npgsql;
using NpgsqlTypes;
using Tributary.Core.Graph;
using Tributary.Core.Text;

namespace Tributary.Core.Exports;

/// <summary>The ledger of deliveries of one (project, target).</summary>
public static class Deliveries
{
    /// <summary>The files that were delivered and not removed, each once with its last row, newest first; with <paramref name="all"/> every delivery.</summary>
    public static async Task<IReadOnlyList<Delivery>> ListAsync(NpgsqlConnection connection, ProjectKey key, CancellationToken cancel, bool all = false)
    {
        await using var command = new NpgsqlCommand(Sql.Read("Exports/read_deliveries.sql"), connection);
        command.Parameters.Add(new() { Value = key.Project });
        command.Parameters.Add(new() { Value = key.Target });
        command.Parameters.Add(new() { Value = all });
        await using var rows = await command.ExecuteReaderAsync(cancel);
        var found = new List<Delivery>();
        while (await rows.ReadAsync(cancel)) found.Add(Read(rows));
        return found;
    }

    /// <summary>The last delivery of an export with this fingerprint; null when there is none.</summary>
    internal static async Task<Delivery?> FindAsync(
        NpgsqlConnection connection, ProjectKey key, string export, string fingerprint, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(Sql.Read("Exports/find_delivery.sql"), connection);
        foreach (var value in new[] { key.Project, key.Target, export, fingerprint }) command.Parameters.Add(new() { Value = value });
        await using var rows = await command.ExecuteReaderAsync(cancel);
        return await rows.ReadAsync(cancel) ? Read(rows) : null;
    }

    /// <summary>Adds the row on the caller's transaction.</summary>
    internal static async Task WriteAsync(NpgsqlConnection connection, ProjectKey key, Delivery delivery, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(Sql.Read("Exports/write_delivery.sql"), connection);
        object[] values =
        [
            key.Project, key.Target, delivery.RunId, delivery.Export, delivery.Track, delivery.Destination, delivery.Name, delivery.Bytes,
            Convert.FromHexString(delivery.Sha256), delivery.Rows, delivery.Fingerprint,
        ];
        foreach (var value in values) command.Parameters.Add(new() { Value = value });
        command.Parameters.Add(new() { Value = System.Text.Encoding.UTF8.GetString(delivery.Manifest.ToJson()), NpgsqlDbType = NpgsqlDbType.Jsonb });
        command.Parameters.Add(new() { Value = delivery.AsOf.UtcDateTime });
        command.Parameters.Add(new() { Value = delivery.DeliveredAt.UtcDateTime });
        await command.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>Says that a delivered file was removed.</summary>
    internal static async Task CloseAsync(NpgsqlConnection connection, RunContext context, Delivery delivery, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(Sql.Read("Exports/close_delivery.sql"), connection);
        foreach (var value in new[] { context.Key.Project, context.Key.Target, delivery.Destination, delivery.Name }) command.Parameters.Add(new() { Value = value });
        command.Parameters.Add(new() { Value = context.Clock.GetUtcNow().UtcDateTime });
        await command.ExecuteNonQueryAsync(cancel);
    }

    private static Delivery Read(NpgsqlDataReader row) => new(
        row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetString(4), row.GetInt64(5),
        Convert.ToHexStringLower(row.GetFieldValue<byte[]>(6)), row.GetInt64(7), row.GetString(8),
        Manifest.Parse(System.Text.Encoding.UTF8.GetBytes(row.GetString(9)))
            ?? throw new InvalidOperationException("A ledger row holds no manifest."),
        row.GetFieldValue<DateTimeOffset>(10), row.GetFieldValue<DateTimeOffset>(11));
}
