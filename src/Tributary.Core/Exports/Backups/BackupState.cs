using Npgsql;
using Tributary.Core.Text;

namespace Tributary.Core.Exports.Backups;

/// <summary>The rows of each table and the position of each stream, as one transaction sees them.</summary>
public sealed record BackupState(string ServerVersion, IReadOnlyDictionary<string, long> Tables, IReadOnlyDictionary<string, string> Streams)
{
    public static async Task<BackupState> ReadAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(connection);
        var (tables, streams) = (new SortedDictionary<string, long>(StringComparer.Ordinal), new SortedDictionary<string, string>(StringComparer.Ordinal));
        await using var command = new NpgsqlCommand(Sql.Read("Exports/Backups/read_state.sql"), connection) { CommandTimeout = 0 };
        await using var rows = await command.ExecuteReaderAsync(cancel);
        while (await rows.ReadAsync(cancel)) tables[rows.GetString(0)] = rows.GetInt64(1);
        await rows.NextResultAsync(cancel);
        while (await rows.ReadAsync(cancel)) streams[rows.GetString(0)] = rows.GetString(1);
        return new BackupState(connection.PostgreSqlVersion.ToString(), tables, streams);
    }
}
