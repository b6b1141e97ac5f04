namespace Tributary.Core.Postgres.ParseTrees;

/// <summary>
/// Everything that a query tree mentions, at any depth: relations, functions, and what makes its result change by itself.
/// <paramref name="own"/> is the view that holds the tree (versions before 16 list it twice, as OLD and NEW).
/// </summary>
internal sealed class TreeScan(uint own)
{
    /// <summary>Types whose constants may have been written as 'now' or 'today': date, time, timestamp, timestamptz, timetz.</summary>
    private static readonly uint[] Instants = [1082, 1083, 1114, 1184, 1266];

    public HashSet<uint> Relations { get; } = [];

    public HashSet<uint> Functions { get; } = [];

    /// <summary>current_date, current_timestamp, localtime …</summary>
    public bool ReadsClock { get; private set; }

    /// <summary>current_user, current_schema …</summary>
    public bool ReadsSession { get; private set; }

    public bool Samples { get; private set; }

    public bool HasInstants { get; private set; }

    public TreeScan Add(TreeNode root)
    {
        var waiting = new Stack<TreeNode>();
        for (waiting.Push(root); waiting.TryPop(out var node);)
        {
            Look(node);
            foreach (var child in node.Children()) waiting.Push(child);
        }
        return this;
    }

    private void Look(TreeNode node)
    {
        switch (node.Type)
        {
            case "RANGETBLENTRY":
                if (node.Oid("relid") is > 0 and var relation && relation != own) Relations.Add(relation);
                break;
            case "TABLESAMPLECLAUSE":
                Samples |= node.Node("repeatable") is null;
                break;
            case "SQLVALUEFUNCTION":
                // enum SQLValueFunctionOp: 0 to 8 are dates and times, then come roles, catalog and schema.
                if (node.Number("op") <= 8) ReadsClock = true;
                else ReadsSession = true;
                break;
            case "CONST":
                HasInstants |= Array.IndexOf(Instants, node.Oid("consttype")) >= 0;
                break;
            default:
                Call(node);
                break;
        }
    }

    private void Call(TreeNode node)
    {
        var field = node.Type switch
        {
            "FUNCEXPR" => "funcid",
            "OPEXPR" or "DISTINCTEXPR" or "NULLIFEXPR" or "SCALARARRAYOPEXPR" => "opfuncid",
            "AGGREF" => "aggfnoid",
            "WINDOWFUNC" => "winfnoid",
            _ => null,
        };
        if (field is not null && node.Oid(field) is > 0 and var function) Functions.Add(function);
    }
}
