using Npgsql;
using Tributary.Core.Postgres;
using Tributary.Core.Text;

namespace Tributary.Core.Exports.Backups;

/// <summary>Restores a backup into an empty database, in one transaction, and compares what is there with the backup's manifest.</summary>
public static class WarehouseRestore
{
    /// <summary>What differs afterwards; nothing when all counts and positions are those of the backup. TRB0224 when the database is not empty.</summary>
    public static async Task<IReadOnlyList<string>> RunAsync(BackupManifest backup, FileDestination place, NpgsqlConnectionStringBuilder into, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(backup);
        ArgumentNullException.ThrowIfNull(place);
        ArgumentNullException.ThrowIfNull(into);
        await using var database = Database.At(into, "tributary restore");
        await RequireEmptyAsync(database, into.Database ?? "", cancel);
        await using (var dump = await place.OpenReadAsync(backup.DumpFile, cancel))
        {
            string[] arguments = ["--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction", "--no-password", $"--dbname={into.Database}"];
            await BackupTool.FeedAsync("pg_restore", into, arguments, dump, ErrorCodes.RestoreRefused, cancel);
        }
        await using var connection = await database.OpenAsync(cancel);
        return [.. backup.Differences(await BackupState.ReadAsync(connection, cancel))];
    }

    private static async Task RequireEmptyAsync(Database database, string name, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        await using var command = new NpgsqlCommand(
            "select exists (select from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname !~ '^pg_' and n.nspname <> 'information_schema')", connection);
        if (await command.ExecuteScalarAsync(cancel) is not true) return;
        throw new UserErrorException(ErrorCodes.RestoreRefused, null, $"The database {name} holds relations; a restore writes over nothing.", "Name an empty one: `create database …`, or drop what is there yourself.");
    }
}
