using Npgsql;
using Tributary.Core.Text;

namespace Tributary.Core.Postgres;

/// <summary>
/// One writer a relation: a lock of the session, not of a transaction, on the relation's name, whichever run, project or target
/// writes. Two runs may overlap; the second waits and can say for whom. Freed by disposing, or with the session.
/// </summary>
public sealed class RelationLock : IAsyncDisposable
{
    private readonly NpgsqlConnection connection;
    private readonly string name;

    private RelationLock(NpgsqlConnection connection, string name)
    {
        this.connection = connection;
        this.name = name;
    }

    /// <summary>
    /// Take it before the transaction begins. <paramref name="waits"/> is called once when another session holds it, with that
    /// session's application_name (which carries the run id) and process.
    /// </summary>
    public static async Task<RelationLock> TakeAsync(NpgsqlConnection connection, Relation relation, Action<string> waits, CancellationToken cancel)
    {
        var taken = new RelationLock(connection, $"tributary write {relation.Sql}");
        if (await taken.ScalarAsync("select pg_try_advisory_lock(hashtextextended($1, 0))", cancel) is true) return taken;
        waits(await taken.ScalarAsync(Sql.Read("Postgres/find_lock_holder.sql"), cancel) as string ?? "another session");
        await taken.ScalarAsync("select pg_advisory_lock(hashtextextended($1, 0))", cancel);
        return taken;
    }

    private async Task<object?> ScalarAsync(string sql, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        command.Parameters.Add(new() { Value = name });
        return await command.ExecuteScalarAsync(cancel);
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await ScalarAsync("select pg_advisory_unlock(hashtextextended($1, 0))", CancellationToken.None);
        }
        catch (Exception error) when (error is NpgsqlException or InvalidOperationException)
        {
            // In a failed transaction or on a lost connection it cannot be asked; the end of the session frees it.
        }
    }
}
