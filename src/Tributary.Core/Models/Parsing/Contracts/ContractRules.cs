using Tributary.Core.Graph;
using Tributary.Core.Models.Parsing.Libraries;
using Tributary.Core.Text;
using Tributary.Jinja;

namespace Tributary.Core.Models.Parsing.Contracts;

/// <summary>What discovery has to do with enforced contracts: demands that can be checked without a warehouse, and what foreign keys refer to.</summary>
internal static class ContractRules
{
    public static void Check(IReadOnlyList<ParsedNode> nodes, Problems problems)
    {
        foreach (var node in nodes)
        {
            if (node.Kind == NodeKind.Model && node.HasContract && Wrong(node) is var (message, hint)) problems.Add(ErrorCodes.InvalidValue, node.At, $"the contract of '{node.Name}' {message}", hint);
        }
    }

    /// <summary>A foreign key's <c>to: ref('x')</c> orders the graph as a <c>ref</c> in the SQL does.</summary>
    public static void CollectReferences(ParsedNode node, MacroLibrary macros, Collected collected)
    {
        if (!node.HasContract) return;
        foreach (var constraint in node.Columns.SelectMany(column => column.Constraints).Concat(node.Constraints))
        {
            if ((constraint as IReadOnlyDictionary<string, object?>)?.GetValueOrDefault("to") is not string to || !to.Contains('(')) continue;
            var inner = new Collected(collected.Self);
            if (!StaticCalls.TryCollect(Template.Parse($"{{{{ {to} }}}}", node.At.File), macros, node.Package, inner)) continue;
            foreach (var reference in inner.References.Where(reference => reference.Source is not null || reference.Name != node.Name)) collected.Add(reference with { At = node.At });
        }
    }

    private static (string Message, string Hint)? Wrong(ParsedNode node)
    {
        var kind = node.Config.Materialized;
        if (node.Columns.Count == 0) return ("names no columns", "Write 'columns:' with a 'name' and a 'data_type' each.");
        if (node.Columns.FirstOrDefault(column => column.DataType is null) is { } column) return ($"gives its column '{column.Name}' no data_type", "Write 'data_type: integer', for example.");
        if (kind is not ("table" or "view" or "incremental")) return ($"cannot be enforced on what is materialized as '{kind}'", "Only table, view and incremental can have one.");
        return kind == "incremental" && node.Config.Text("on_schema_change") is not ("append_new_columns" or "fail")
            ? ($"does not go with on_schema_change '{node.Config.Text("on_schema_change")}'", "Choose append_new_columns or fail.")
            : null;
    }
}
