using Tributary.Core.Models.Configs;
using Tributary.Core.Models.Context.Relations;
using Tributary.Jinja;
using Tributary.Jinja.Values;

namespace Tributary.Core.Models.Context;

/// <summary>What the materialization of snapshots asks of its configuration and of the table that stands.</summary>
internal static class SnapshotTarget
{
    private static readonly string[] Columns = ["dbt_valid_from", "dbt_valid_to", "dbt_scd_id", "dbt_updated_at", "dbt_is_deleted"];

    /// <summary>The names of a snapshot's own columns, where <c>snapshot_meta_column_names</c> gives others.</summary>
    public static JinjaDict ColumnNames(NodeConfig config)
    {
        var given = config["snapshot_meta_column_names"] as IReadOnlyDictionary<string, object?>;
        var names = new JinjaDict();
        foreach (var column in Columns) names[column] = given?.GetValueOrDefault(column) is { } name ? PythonText.Of(name) : column;
        return names;
    }

    /// <summary>What becomes of rows that are gone from the source: <c>ignore</c>, <c>invalidate</c>, <c>new_record</c>.</summary>
    public static string HardDeletes(NodeConfig config) =>
        config.Text("hard_deletes") ?? (config.IsTrue("invalidate_hard_deletes", usual: false) ? "invalidate" : "ignore");

    /// <summary>Throws when the table is no snapshot of this configuration.</summary>
    public static string Require(NodeContext context, object? relation, object? columnNames, object? strategy)
    {
        if (context.Session is not { } session || relation is not RelationValue target) return "";
        var standing = session.Catalog.Columns(target).Cast<ColumnValue>().Select(column => column.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var wanted = new List<string> { "dbt_scd_id", "dbt_valid_from", "dbt_valid_to" };
        if (strategy is JinjaDict told && told.TryGet("hard_deletes", out var deletes) && deletes is "new_record") wanted.Add("dbt_is_deleted");
        var missing = wanted.Select(column => Name(columnNames, column)).Where(name => !standing.Contains(name)).ToList();
        return missing.Count == 0 ? "" : throw new TemplateException(
            $"{target} is no table of this snapshot: it has no column {string.Join(", ", missing)}", "Give the snapshot another name, or bring the table into its form by hand.");
    }

    private static string Name(object? names, string column) => names is JinjaDict dict && dict.TryGet(column, out var name) ? PythonText.Of(name) : column;
}
