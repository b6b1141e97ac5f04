using Npgsql;
using Tributary.Core.Postgres;
using Tributary.Core.Text;

namespace Tributary.Core.Models.Context.Sessions;

/// <summary>
/// One writer a relation, as <see cref="RelationLock"/>, but held by each transaction of a session and asked for in the message
/// that begins it. <paramref name="waits"/> hears once whom it waits for.
/// </summary>
internal sealed class WriterLock(Relation relation, Action<string> waits)
{
    private readonly string name = $"tributary write {relation.Sql}";
    private bool isToWait;

    /// <summary>What was sent to try it; null when it waits.</summary>
    public NpgsqlBatchCommand? Sent { get; private set; }

    /// <summary>Fails by a division by zero when another holds it, because the statements behind it are under way.</summary>
    public NpgsqlBatchCommand Command()
    {
        var command = new NpgsqlBatchCommand(isToWait ? "select pg_advisory_xact_lock(hashtextextended($1, 0))" : "select 1 / pg_try_advisory_xact_lock(hashtextextended($1, 0))::int");
        command.Parameters.Add(new() { Value = name });
        Sent = isToWait ? null : command;
        return command;
    }

    public static bool IsTaken(PostgresException error) => error.SqlState == PostgresErrorCodes.DivisionByZero;

    /// <summary>Says whom it waits for; from here on the lock is waited for.</summary>
    public void Wait(NpgsqlConnection connection, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        isToWait = true;
        using var command = new NpgsqlCommand(Sql.Read("Postgres/find_lock_holder.sql"), connection);
        command.Parameters.Add(new() { Value = name });
        waits(command.ExecuteScalar() as string ?? "another session");
    }
}
