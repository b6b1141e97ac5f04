namespace Tributary.Core.Models.Context.Sessions;

/// <summary>The words with which the server answers a statement that touches no rows: <c>CREATE VIEW</c>, <c>DROP TABLE</c>.</summary>
internal static class CommandTag
{
    private static readonly HashSet<string> Adjectives = new(StringComparer.OrdinalIgnoreCase)
    {
        "or", "replace", "temporary", "temp", "global", "local", "unlogged", "unique", "recursive", "trusted", "constraint",
    };

    private static readonly HashSet<string> Verbs = new(StringComparer.OrdinalIgnoreCase) { "create", "drop", "alter", "refresh", "truncate", "lock" };

    public static string Of(string sql)
    {
        var at = 0;
        var verb = Word(sql, ref at);
        if (!Verbs.Contains(verb)) return verb.ToUpperInvariant();
        string thing;
        do
        {
            thing = Word(sql, ref at);
        }
        while (Adjectives.Contains(thing));
        if (thing.Equals("materialized", StringComparison.OrdinalIgnoreCase)) thing = "MATERIALIZED VIEW";
        else if (verb.Equals("truncate", StringComparison.OrdinalIgnoreCase) || verb.Equals("lock", StringComparison.OrdinalIgnoreCase)) thing = "TABLE";
        return $"{verb} {thing}".ToUpperInvariant().TrimEnd();
    }

    private static string Word(string sql, ref int at)
    {
        var start = at = SqlScan.SkipBlank(sql, at);
        while (at < sql.Length && char.IsAsciiLetter(sql[at])) at++;
        return sql[start..at];
    }
}
