using Npgsql;

namespace Tributary.Core.Ingest.Datasets;

/// <summary>Gives a freshly filled table its key. Of records with the same key the newest one stays: by order, then the last in the files.</summary>
internal static class KeepOne
{
    private const string Savepoint = "tributary_key";

    /// <summary>Returns file and line of those that went; nothing is looked for while the key holds at once.</summary>
    public static async Task<IReadOnlyList<(string? File, long Line)>> RunAsync(NpgsqlConnection connection, DatasetTable table, CancellationToken cancel)
    {
        if (table.Dataset.Key is null) return [];
        var add = $"set local maintenance_work_mem = '256MB'; alter table {table.Relation.Sql} add primary key ({table.Key})";
        await Statement.RunAsync(connection, $"savepoint {Savepoint}", cancel);
        try
        {
            await Statement.RunAsync(connection, add, cancel);
            return [];
        }
        catch (PostgresException error) when (error.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            await Statement.RunAsync(connection, $"rollback to savepoint {Savepoint}", cancel);
        }
        var gone = await DeleteAsync(connection, table, cancel);
        await Statement.RunAsync(connection, add, cancel);
        return gone;
    }

    /// <summary>Removes all but the newest record of each key.</summary>
    public static async Task<IReadOnlyList<(string? File, long Line)>> DeleteAsync(NpgsqlConnection connection, DatasetTable table, CancellationToken cancel)
    {
        var gone = new List<(string?, long)>();
        var file = table.Stamp.NamesFile ? "_file" : "null::text";
        await using var command = Statement.Of(connection, table.Fill("Ingest/Datasets/keep_one.sql", ("file", file), ("file_order", table.Stamp.NamesFile ? "n._file desc, " : "")));
        await using var rows = await command.ExecuteReaderAsync(cancel);
        while (await rows.ReadAsync(cancel)) gone.Add((await rows.IsDBNullAsync(0, cancel) ? null : rows.GetString(0), rows.GetInt64(1)));
        return gone;
    }
}
