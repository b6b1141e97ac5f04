using Npgsql;
using NpgsqlTypes;
using Tributary.Core.Graph;
using Tributary.Core.Text;

namespace Tributary.Core.Ingest;

/// <summary>
/// One writer a raw table: a session lock on its name, held while a stream is loaded and given back with the session. The second
/// waits and names the holder.
/// </summary>
internal static class StreamLock
{
    public static async Task TakeAsync(NpgsqlConnection connection, RunContext context, string nodeId, RawTable table, CancellationToken cancel)
    {
        var name = $"tributary load {table.LockName}";
        if (await Of(connection, "select pg_try_advisory_lock(hashtextextended($1, 0))", name).ScalarAsync(cancel) is true) return;
        var holder = await Of(connection, Sql.Read("Ingest/find_lock_holder.sql"), name).ScalarAsync(cancel) as string;
        context.Progress.Report(new NodeProgress(nodeId, 0, 0, $"waits for {holder ?? "another session"}, which loads {table.LockName}"));
        await Of(connection, "select pg_advisory_lock(hashtextextended($1, 0))", name).ScalarAsync(cancel);
    }

    public static Task ReleaseAsync(NpgsqlConnection connection) =>
        Statement.RunAsync(connection, "select pg_advisory_unlock_all()", CancellationToken.None);

    private static NpgsqlCommand Of(NpgsqlConnection connection, string sql, string name) =>
        Statement.Of(connection, sql).With(NpgsqlDbType.Text, name);
}
