using Npgsql;
using NpgsqlTypes;
using Tributary.Core.Postgres;

namespace Tributary.Core.Projects.Access;

/// <summary>Keeps what the declared roles may read, as the role that owns the relations.</summary>
public static class AccessGrants
{
    private const string ChangedMeanwhile = "XX000";

    /// <summary>
    /// Gives and takes what differs. Says how many things changed for each role, null for one that is not there. Empty when another session changed the same grants at
    /// that moment: the next call does it.
    /// </summary>
    public static async Task<IReadOnlyDictionary<string, int?>> KeepAsync(Database database, AccessConfig access, string project, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(database);
        ArgumentNullException.ThrowIfNull(access);
        await using var connection = await database.OpenAsync(cancel);
        await using var command = new NpgsqlCommand("select role_name, changes from tributary.keep_grants($1)", connection);
        command.Parameters.Add(new() { NpgsqlDbType = NpgsqlDbType.Jsonb, Value = access.ToJson(project) });
        var changes = new Dictionary<string, int?>(StringComparer.Ordinal);
        try
        {
            await using var rows = await command.ExecuteReaderAsync(cancel);
            while (await rows.ReadAsync(cancel)) changes[rows.GetString(0)] = await rows.IsDBNullAsync(1, cancel) ? null : rows.GetInt32(1);
        }
        catch (PostgresException error) when (error.SqlState == ChangedMeanwhile)
        {
            changes.Clear(); // "tuple concurrently updated": a swap moved the relation while its grants were written
        }
        return changes;
    }
}
