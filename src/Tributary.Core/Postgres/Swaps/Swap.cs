using Npgsql;
using Tributary.Core.Text;

namespace Tributary.Core.Postgres.Swaps;

/// <summary>
/// Puts a freshly built relation (<c>T__tmp</c>) in the place of the old one, so that readers see either the old rows or the new
/// ones and never a hole. Runs inside the caller's transaction, which should commit at once afterwards.
/// </summary>
/// <remarks>
/// Owner, grants, comments, storage options, triggers, row security and the names of indexes and constraints stay. Views over it
/// are replaced, or recreated with all of theirs when columns changed; materialized views over it are rebuilt with their rows. Foreign
/// keys of other tables go over to the new table, and are not checked for rows that stand.
/// Swaps of one database run one after another (an advisory lock), so that two that share a view cannot deadlock.
/// </remarks>
public static class Swap
{
    internal const string SerializeSql = "select pg_advisory_xact_lock(6071020110002)";

    private const string Savepoint = "tributary_swap";
    private const int Attempts = 60;

    /// <summary>
    /// Throws <see cref="UserErrorException"/> when something over the old relation forbids it, and <see cref="TransientException"/>
    /// when a lock is not to be had for minutes; the old state stands then, and the transaction can go on.
    /// </summary>
    public static async Task<SwapResult> RunAsync(NpgsqlConnection connection, Relation built, Relation target, CancellationToken cancel)
    {
        if (built.Schema != target.Schema) throw new ArgumentException($"{built} and {target} are in different schemas.", nameof(built));
        var session = new SwapSession(connection);
        var path = await session.TextAsync("select current_setting('search_path')", cancel);
        var wait = await session.TextAsync("select current_setting('lock_timeout')", cancel);
        var result = await RetryAsync(session, built, target, cancel);
        await session.TextAsync("select set_config('search_path', $1, true) || set_config('lock_timeout', $2, true)", cancel, path, wait);
        return result;
    }

    private static async Task<SwapResult> RetryAsync(SwapSession session, Relation built, Relation target, CancellationToken cancel)
    {
        var inPlace = true;
        for (var attempt = 1; ; attempt++)
        {
            var swap = new SwapAttempt(session, built, target);
            await session.ExecuteAsync($"savepoint {Savepoint}", cancel);
            try
            {
                var result = await swap.RunAsync(inPlace, cancel);
                await session.ExecuteAsync($"release savepoint {Savepoint}", cancel);
                return result;
            }
            catch (Exception error) when (error is PostgresException or UserErrorException)
            {
                await session.ExecuteAsync($"rollback to savepoint {Savepoint}; release savepoint {Savepoint}", cancel);
                if (inPlace && error is PostgresException { SqlState: PostgresErrorCodes.InvalidTableDefinition }) inPlace = false;
                else await ExplainAsync(session, swap, target, error, attempt, cancel);
            }
        }
    }

    /// <summary>Waits before the next attempt when something passing was in the way; throws otherwise.</summary>
    private static async Task ExplainAsync(
        SwapSession session, SwapAttempt swap, Relation target, Exception error, int attempt, CancellationToken cancel)
    {
        var state = (error as PostgresException)?.SqlState;
        if (state == PostgresErrorCodes.DependentObjectsStillExist)
        {
            var obstacles = await session.RowsAsync("read_obstacles.sql", row => row.GetString(0), cancel, (long)swap.Wanted[0]);
            if (obstacles.Count > 0) throw SwapRefusal.Held(target, obstacles);
            // Somebody made a view over it between our look and our lock: look again.
        }
        else if (state is not (PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected))
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(error);
        }
        if (attempt == Attempts)
        {
            throw new TransientException($"{target} could not be replaced, because it was in use all the time{await HoldersAsync(session, swap, cancel)}.", error);
        }
        await Task.Delay(TimeSpan.FromMilliseconds(Math.Min(50 * attempt, 2000)), TimeProvider.System, cancel);
    }

    private static async Task<string> HoldersAsync(SwapSession session, SwapAttempt swap, CancellationToken cancel)
    {
        var holders = await session.RowsAsync(
            "read_holders.sql",
            row => $"{row.GetString(0)} (user {row.GetString(1)}, process {row.GetInt32(2)}, {row.GetString(3)}, for {row.GetInt64(4)} s)",
            cancel, swap.Wanted.Select(oid => (long)oid).ToArray());
        return holders.Count == 0 ? "" : $": held by {string.Join(", ", holders)}";
    }
}
