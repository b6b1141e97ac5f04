namespace Tributary.Core.Models.Compiling;

/// <summary>Puts ephemeral models into a query as common table expressions, before those that it has itself.</summary>
internal static class EphemeralSql
{
    public static string Inject(string sql, IReadOnlyList<(string Name, string Sql)> expressions)
    {
        if (expressions.Count == 0) return sql;
        var list = string.Join(", ", expressions.Select(expression => $"{expression.Name} as (\n{expression.Sql}\n)"));
        var start = SkipSpace(sql, 0);
        if (!IsWord(sql, start, "with")) return $"{sql[..start]}with {list}\n{sql[start..]}";
        var after = SkipSpace(sql, start + "with".Length);
        var isRecursive = IsWord(sql, after, "recursive");
        if (isRecursive) after = SkipSpace(sql, after + "recursive".Length);
        return $"{sql[..start]}with {(isRecursive ? "recursive " : "")}{list}, {sql[after..]}";
    }

    /// <summary>The place behind blanks and comments.</summary>
    private static int SkipSpace(string sql, int at)
    {
        while (at < sql.Length)
        {
            if (char.IsWhiteSpace(sql[at])) at++;
            else if (At(sql, at, "--")) at = End(sql, at, "\n", at + 2);
            else if (At(sql, at, "/*")) at = EndOfComment(sql, at);
            else break;
        }
        return at;
    }

    /// <summary>PostgreSQL's comments nest.</summary>
    private static int EndOfComment(string sql, int at)
    {
        for (var depth = 0; at < sql.Length; at++)
        {
            if (At(sql, at, "/*")) { depth++; at++; }
            else if (At(sql, at, "*/") && --depth == 0) return at + 2;
        }
        return at;
    }

    private static int End(string sql, int at, string mark, int from)
    {
        var end = sql.IndexOf(mark, from, StringComparison.Ordinal);
        return end < 0 ? sql.Length : Math.Max(at, end + mark.Length);
    }

    private static bool At(string sql, int at, string mark) => string.CompareOrdinal(sql, at, mark, 0, mark.Length) == 0;

    private static bool IsWord(string sql, int at, string word) =>
        string.Compare(sql, at, word, 0, word.Length, StringComparison.OrdinalIgnoreCase) == 0
        && (at + word.Length == sql.Length || !(char.IsLetterOrDigit(sql[at + word.Length]) || sql[at + word.Length] is '_' or '$'));
}
