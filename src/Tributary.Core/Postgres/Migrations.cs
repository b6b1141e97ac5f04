using System.Reflection;
using Npgsql;
using Tributary.Core.Text;

namespace Tributary.Core.Postgres;

/// <summary>
/// Brings the control schema to this program's version. Every step is a transaction that takes one advisory lock and then
/// looks at the version again, so that two processes that start at once migrate once. A newer schema is refused (TRB0204).
/// </summary>
public static class Migrations
{
    /// <summary>Returns how many steps were applied; one query when there is nothing to do.</summary>
    public static Task<int> RunAsync(Database database, CancellationToken cancel) => RunAsync(database, Migration.All, cancel);

    internal static async Task<int> RunAsync(Database database, IReadOnlyList<Migration> migrations, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var found = await AppliedAsync(connection, cancel);
        Refuse(found.DefaultIfEmpty().Max(), migrations[^1].Version);
        var applied = 0;
        foreach (var migration in migrations.Where(migration => !found.Contains(migration.Version)))
        {
            if (await ApplyAsync(connection, migration, migrations[^1].Version, cancel)) applied++;
        }
        return applied;
    }

    /// <summary>Steps that were made at the same time may arrive in any order, so each counts by itself.</summary>
    private static async Task<HashSet<int>> AppliedAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        var versions = new HashSet<int>();
        try
        {
            await using var command = new NpgsqlCommand("select version from tributary.schema_version", connection);
            await using var rows = await command.ExecuteReaderAsync(cancel);
            while (await rows.ReadAsync(cancel)) versions.Add(rows.GetInt32(0));
        }
        catch (PostgresException error) when (error.SqlState == PostgresErrorCodes.UndefinedTable)
        {
            // Nothing was applied yet.
        }
        return versions;
    }

    private static async Task<bool> ApplyAsync(NpgsqlConnection connection, Migration migration, int newest, CancellationToken cancel)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await ExecuteAsync(connection, Sql.Read("Postgres/prepare_migration.sql"), cancel);
        var applied = await AppliedAsync(connection, cancel);
        Refuse(applied.DefaultIfEmpty().Max(), newest);
        if (applied.Contains(migration.Version)) return false;
        await ExecuteAsync(connection, migration.Sql, cancel);
        await RecordAsync(connection, migration, cancel);
        await transaction.CommitAsync(cancel);
        return true;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancel);
    }

    private static async Task RecordAsync(NpgsqlConnection connection, Migration migration, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(
            "insert into tributary.schema_version (version, name, program_version) values ($1, $2, $3)", connection);
        command.Parameters.Add(new() { Value = migration.Version });
        command.Parameters.Add(new() { Value = migration.Name });
        command.Parameters.Add(new() { Value = ProgramVersion });
        await command.ExecuteNonQueryAsync(cancel);
    }

    private static string ProgramVersion =>
        typeof(Migrations).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    private static void Refuse(int found, int newest)
    {
        if (found <= newest) return;
        throw new UserErrorException(
            ErrorCodes.SchemaTooNew, null,
            $"The control schema `tributary` in the warehouse has version {found}, and this program knows versions up to {newest}.",
            "A newer Tributary has worked here: use that version or a later one.");
    }
}
