namespace Tributary.Core.Postgres.ParseTrees;

/// <summary>A query and the one around it: what <c>varlevelsup</c> and <c>ctelevelsup</c> count through.</summary>
internal sealed record QueryScope(TreeNode Query, QueryScope? Outer)
{
    /// <summary>This query (0), the one around it (1), and so on.</summary>
    public QueryScope Up(long levels)
    {
        var scope = this;
        for (; levels > 0; levels--) scope = scope.Outer ?? throw new FormatException("A column of an outer query is used where there is none.");
        return scope;
    }

    public QueryScope Inside(TreeNode query) => new(query, this);

    /// <summary>The entry of the range table that <c>varno</c> and <c>rtindex</c> count from 1.</summary>
    public TreeNode Entry(long number) => (TreeNode)Query.List("rtable")[(int)number - 1]!;

    /// <summary>The query of a common table expression of this very query; null when it has none of that name.</summary>
    public TreeNode? CommonTable(string? name) => Query.List("cteList").OfType<TreeNode>()
        .FirstOrDefault(table => table.Text("ctename") == name)?.Node("ctequery");

    /// <summary>Output columns that the query really returns (not those kept for sorting), in order.</summary>
    public static IEnumerable<TreeNode> Outputs(TreeNode query) =>
        query.List("targetList").OfType<TreeNode>().Where(entry => entry.Text("resjunk") != "true");
}
