using Tributary.Core.Text;
using Tributary.Core.Text.Yaml;

namespace Tributary.Core.Models.Files.Properties;

/// <summary>The keys that dbt knows in properties. Others are passed over with a warning and the nearest known one, as by dbt.</summary>
internal static class PropertyKeys
{
    public static readonly string[] Sections =
    [
        "version", "models", "seeds", "snapshots", "sources", "macros", "tests", "data_tests", "analyses", "exposures", "groups",
        "metrics", "semantic_models", "saved_queries", "unit_tests", "macro_tests", "selectors", "anchors", "functions",
    ];

    public static readonly string[] Node =
    [
        "name", "description", "docs", "meta", "tags", "config", "columns", "tests", "data_tests", "access", "group", "latest_version", "versions",
        "deprecation_date", "constraints", "quote_columns", "relation", "time_spine", "enabled", "freshness", "primary_key", "event_time", "agg_time_dimension", "semantic_model", "metrics", "derived_semantics",
    ];

    public static readonly string[] Version =
        ["v", "defined_in", "description", "access", "config", "constraints", "docs", "tests", "data_tests", "columns", "deprecation_date", "meta", "tags", "latest_version"];

    public static readonly string[] Column =
        ["name", "description", "data_type", "data_type_params", "meta", "tags", "quote", "tests", "data_tests", "config", "constraints", "docs", "policy_tags", "granularity", "dimension", "entity", "include", "exclude", "databricks_tags"];

    public static readonly string[] Source =
    [
        "name", "description", "source_description", "database", "schema", "loader", "loaded_at_field", "loaded_at_query", "freshness", "meta", "source_meta", "tags", "config", "overrides",
        "quoting", "tables", "tests", "data_tests", "enabled", "catalog", "unrendered_database", "unrendered_schema",
    ];

    public static readonly string[] Table =
    [
        "name", "description", "identifier", "loader", "loaded_at_field", "loaded_at_query", "freshness", "meta", "tags", "config", "quoting", "columns",
        "tests", "data_tests", "external", "docs", "enabled", "data_type",
    ];

    public static readonly string[] Macro = ["name", "description", "arguments", "docs", "meta", "config"];

    public static void WarnOfUnknown(YamlMap map, string[] known, string what, Problems problems)
    {
        foreach (var entry in map.Entries)
        {
            if (Array.IndexOf(known, entry.Key) < 0)
                problems.Warn(ErrorCodes.UnknownKey, entry.KeyAt, $"{what} has no key '{Excerpt.Of(entry.Key)}'; it is passed over", Hint(entry.Key, known));
        }
    }

    /// <summary>A configuration that stands beside <c>config:</c> instead of in it is the usual mistake.</summary>
    private static string Hint(string key, string[] known) =>
        Nearest.To(key, known) is { } near ? $"Did you mean '{near}'?" : $"If it is configuration, write it below 'config:'; if it is yours, below 'config: meta:'.";
}
