using System.Text.RegularExpressions;
using Npgsql;

namespace Tributary.Core.Postgres;

/// <summary>
/// What the server said about a statement, fit to be shown: no values from the data, and the place within the statement.
/// </summary>
/// <param name="SqlState">Five characters (PostgreSQL documentation, appendix A).</param>
/// <param name="Message">The server's sentence; literals are shown as type and length only where they can hold data.</param>
/// <param name="Line">Line in the statement from 1; 0 = the server names no place.</param>
/// <param name="Column">Column from 1.</param>
/// <param name="IsTransient">The same statement may well succeed later: locks, deadlocks, a lost or a full server.</param>
public sealed partial record DatabaseError(string SqlState, string Message, string? Hint, int Line, int Column, bool IsTransient)
{
    /// <summary>
    /// <paramref name="sql"/> is the user's statement, <paramref name="offset"/> the characters that we put before it.
    /// </summary>
    public static DatabaseError From(PostgresException error, string? sql = null, int offset = 0)
    {
        if (Refusal.MessageOf(error) is { } reason) return new DatabaseError(error.SqlState, reason, null, 0, 0, false);
        var (line, column) = Place(sql, error.Position - offset);
        return new DatabaseError(error.SqlState, Safe(error), error.Hint, line, column, IsPassing(error));
    }

    /// <summary>Locks that were not to be had, aborted serializations, a server that is starting, stopping or out of connections.</summary>
    public static bool IsPassing(PostgresException error) =>
        error.IsTransient || error.SqlState is PostgresErrorCodes.QueryCanceled or PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected;

    /// <summary>The sentence alone: Detail, Where and InternalQuery are never shown, because they hold rows.</summary>
    private static string Safe(PostgresException error)
    {
        // Classes 22 and 23 (data exceptions, constraint violations) and RAISE (P0001) quote what they found in the data.
        var mayHoldData = error.SqlState.StartsWith("22", StringComparison.Ordinal)
            || error.SqlState.StartsWith("23", StringComparison.Ordinal)
            || error.SqlState == PostgresErrorCodes.RaiseException;
        return mayHoldData ? Quoted().Replace(error.MessageText, match => Keep(error, match.Value)) : error.MessageText;
    }

    private static string Keep(PostgresException error, string quoted)
    {
        var name = quoted[1..^1];
        var isName = name == error.TableName || name == error.ColumnName || name == error.ConstraintName || name == error.DataTypeName || name == error.SchemaName;
        return isName ? quoted : $"({name.Length} characters)";
    }

    private static (int Line, int Column) Place(string? sql, int position)
    {
        if (sql is null || position < 1) return (0, 0);
        var before = sql.AsSpan(0, Math.Min(CharacterIndex(sql, position - 1), sql.Length));
        return (before.Count('\n') + 1, before.Length - before.LastIndexOf('\n'));
    }

    /// <summary>The server counts code points, a string counts UTF-16 units.</summary>
    private static int CharacterIndex(string sql, int codePoints)
    {
        var index = 0;
        for (; codePoints > 0 && index < sql.Length; codePoints--) index += char.IsHighSurrogate(sql[index]) ? 2 : 1;
        return index;
    }

    [GeneratedRegex("\"[^\"]*\"|'[^']*'")]
    private static partial Regex Quoted();
}
