using System.Collections.Concurrent;
using System.Collections.Frozen;
using Tributary.Core.Text;

namespace Tributary.Core.Models.Configs;

/// <summary>
/// The configuration keys that mean something to dbt. A project may invent keys of its own, so an unknown one is nothing wrong; one
/// that is nearly a known one most often is a typo.
/// </summary>
internal static class ConfigKeys
{
    private static readonly FrozenSet<string> Known = new HashSet<string>(StringComparer.Ordinal)
    {
        "access", "alias", "auto_refresh", "batch_size", "begin", "check_cols", "column_types", "concurrent_batches", "contract", "database",
        "dbt_valid_to_current", "delimiter", "docs", "enabled", "error_if", "event_time", "fail_calc", "file_format", "freshness", "full_refresh", "grants", "group",
        "hard_deletes", "incremental_predicates", "incremental_strategy", "indexes", "invalidate_hard_deletes", "latest_version", "limit", "loaded_at_field",
        "loaded_at_query", "lookback", "materialized", "merge_exclude_columns", "merge_update_columns", "meta", "on_configuration_change",
        "on_schema_change", "packages", "persist_docs", "post_hook", "pre_hook", "predicates", "quote_columns", "quoting", "schema", "severity",
        "snapshot_meta_column_names", "sql_header", "static_analysis", "store_failures", "store_failures_as", "strategy", "tags", "target_database", "target_schema",
        "unique_key", "unlogged", "updated_at", "validation", "vars", "warn_if", "where", "backup", "bind", "cluster_by", "clustered_by", "dist", "sort", "sort_type",
        "hours_to_expiration", "kms_key_name", "labels", "location", "location_root", "partition_by", "partitions", "query_tag", "snowflake_warehouse",
        "table_type", "tblproperties", "transient", "owner", "table_format", "target_lag", "format", "engine", "order_by", "primary_key",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Keys whose value is a map: written without a plus in a folder's configuration they would be folders.</summary>
    private static readonly FrozenSet<string> Maps = new[] { "column_types", "meta", "grants", "persist_docs", "docs", "quoting", "contract", "snapshot_meta_column_names", "freshness" }
        .ToFrozenSet(StringComparer.Ordinal);

    private static readonly ConcurrentDictionary<string, string?> Meant = new(StringComparer.Ordinal);

    public static bool IsMap(string key) => Maps.Contains(ConfigMerge.Key(key));

    /// <summary>The known key that an unknown one was probably meant to be; null when there is none.</summary>
    public static string? MeantBy(string key)
    {
        var plain = ConfigMerge.Key(key);
        return Known.Contains(plain) || plain.Length < 5 ? null : Meant.GetOrAdd(plain, static word => Near(word));
    }

    /// <summary>At most two letters may differ.</summary>
    private static string? Near(string word) => Nearest.To(word, Known) is { } near && Nearest.Distance(word, near) <= 2 ? near : null;
}
