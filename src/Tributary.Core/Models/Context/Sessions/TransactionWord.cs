namespace Tributary.Core.Models.Context.Sessions;

/// <summary>Whether a statement begins or ends a transaction.</summary>
internal static class TransactionWord
{
    public enum Kind
    {
        None,
        Begins,
        Commits,
        TakesBack,
    }

    public static Kind Of(string sql)
    {
        var at = SqlScan.SkipBlank(sql, 0);
        if (SqlScan.IsWordAt(sql, at, "begin") || SqlScan.IsWordAt(sql, at, "start")) return Kind.Begins;
        if (SqlScan.IsWordAt(sql, at, "commit") || SqlScan.IsWordAt(sql, at, "end")) return Kind.Commits;
        if (SqlScan.IsWordAt(sql, at, "abort")) return Kind.TakesBack;
        return SqlScan.IsWordAt(sql, at, "rollback") && !sql.Contains(" to ", StringComparison.OrdinalIgnoreCase) ? Kind.TakesBack : Kind.None;
    }
}
