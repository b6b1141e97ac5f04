using Npgsql;
using Tributary.Core.Graph;
using Tributary.Core.Postgres;
using Tributary.Core.Text;

namespace Tributary.Core.Exports;

/// <summary>
/// The one database snapshot that all exports of a run read. Its session locks every relation ACCESS SHARE before its first query:
/// a relation that is swapped between the snapshot and the first read of it would read as empty. It is held until the run ends.
/// </summary>
internal sealed class ExportSnapshot(IReadOnlyList<Relation> relations) : IAsyncDisposable
{
    private readonly SemaphoreSlim gate = new(1);
    private NpgsqlConnection? holder;
    private string? id;

    /// <summary>A session of its own that reads the snapshot; the first call takes it.</summary>
    public async Task<NpgsqlConnection> JoinAsync(RunContext context, CancellationToken cancel)
    {
        var snapshot = await IdAsync(context, cancel);
        var connection = await context.Database.OpenAsync(cancel);
        try
        {
            await ExecuteAsync(connection, Sql.Read("Exports/begin_snapshot.sql") + $"set transaction snapshot {Identifier.Literal(snapshot)};", cancel);
            return connection;
        }
        catch (PostgresException error) when (error.SqlState is PostgresErrorCodes.UndefinedObject or PostgresErrorCodes.InvalidParameterValue)
        {
            await connection.DisposeAsync();
            throw new UserErrorException(ErrorCodes.DeliveryFailed, null,
                "The database session that holds this run's snapshot was ended by the server.", "Run the export again; nothing was published.");
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private async Task<string> IdAsync(RunContext context, CancellationToken cancel)
    {
        await gate.WaitAsync(cancel);
        try
        {
            return id ??= await TakeAsync(context, cancel);
        }
        finally
        {
            gate.Release();
        }
    }

    private async Task<string> TakeAsync(RunContext context, CancellationToken cancel)
    {
        var connection = await context.Database.OpenAsync(cancel);
        try
        {
            var lockable = await LockableAsync(connection, cancel);
            await ExecuteAsync(connection, Sql.Read("Exports/begin_snapshot.sql"), cancel);
            if (lockable.Length > 0) await ExecuteAsync(connection, $"lock table {string.Join(", ", lockable)} in access share mode", cancel);
            await using var export = new NpgsqlCommand("select pg_export_snapshot()", connection);
            var taken = (string)(await export.ExecuteScalarAsync(cancel))!; // pg_export_snapshot is never null
            holder = connection;
            return taken;
        }
        catch (PostgresException error) when (DatabaseError.IsPassing(error) || error.SqlState == PostgresErrorCodes.UndefinedTable)
        {
            await connection.DisposeAsync();
            throw new TransientException("The relations to export were being replaced.", error);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Those that exist and can be locked: a missing one is its own export's problem; materialized views cannot be locked.</summary>
    private async Task<string[]> LockableAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(Sql.Read("Exports/lockable.sql"), connection);
        command.Parameters.Add(new() { Value = relations.Select(relation => relation.Schema).ToArray() });
        command.Parameters.Add(new() { Value = relations.Select(relation => relation.Name).ToArray() });
        await using var rows = await command.ExecuteReaderAsync(cancel);
        var found = new List<string>();
        while (await rows.ReadAsync(cancel)) found.Add(new Relation(rows.GetString(0), rows.GetString(1)).Sql);
        return [.. found];
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancel);
    }

    public async ValueTask DisposeAsync()
    {
        if (holder is not null) await holder.DisposeAsync();
        holder = null;
        id = null;
    }
}
