using Tributary.Core.Graph;
using Tributary.Core.Text;

namespace Tributary.Core.Models.Parsing.Snapshots;

/// <summary>What dbt demands of a snapshot's configuration before anything runs.</summary>
internal static class SnapshotRules
{
    public static void Check(IReadOnlyList<ParsedNode> nodes, Problems problems)
    {
        foreach (var node in nodes)
        {
            if (node.Kind == NodeKind.Snapshot && Wrong(node) is var (message, hint)) problems.Add(ErrorCodes.InvalidValue, node.At, $"the snapshot '{node.Name}' {message}", hint);
        }
    }

    private static (string Message, string Hint)? Wrong(ParsedNode node)
    {
        var config = node.Config;
        if (config["strategy"] is null || config["unique_key"] is null) return ("has no strategy or no unique_key; it needs both", "Write config(strategy='timestamp', unique_key='id', updated_at='changed_at').");
        if (config.Materialized != "snapshot") return ($"is materialized as '{config.Materialized}'; expected snapshot", "Leave 'materialized' away.");
        if (config["hard_deletes"] is not null && config["invalidate_hard_deletes"] is not null) return ("sets both hard_deletes and invalidate_hard_deletes", "Keep hard_deletes.");
        if (config.Text("hard_deletes") is { } deletes and not ("ignore" or "invalidate" or "new_record")) return ($"has hard_deletes: {deletes}; expected ignore, invalidate or new_record", Nearest.Hint(deletes, ["ignore", "invalidate", "new_record"]) ?? "");
        return config.Text("strategy") switch
        {
            "timestamp" when config["updated_at"] is null => ("follows a timestamp and has no updated_at", "Name the column that says when a row changed."),
            "timestamp" when config["check_cols"] is not null => ("follows a timestamp and has check_cols too", "Remove one of them, or choose strategy='check'."),
            "check" when config["check_cols"] is null => ("compares columns and has no check_cols", "Write check_cols='all' or a list of columns."),
            "check" when config["check_cols"] is string text and not "all" => ($"has check_cols '{text}'; expected 'all' or a list of columns", $"Write check_cols=['{text}']."),
            _ => null,
        };
    }
}
