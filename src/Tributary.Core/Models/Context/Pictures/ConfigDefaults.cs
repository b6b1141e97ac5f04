using Tributary.Core.Graph;

namespace Tributary.Core.Models.Context.Pictures;

/// <summary>
/// The configuration that dbt gives to every node of a kind when nobody sets it. Macros read these keys without asking whether
/// they are there, and <c>config.get</c> of one answers this and not the default that the call names.
/// </summary>
internal static class ConfigDefaults
{
    private static readonly KeyValuePair<string, object?>[] OfAll =
    [
        new("enabled", true), new("alias", null), new("schema", null), new("database", null), new("tags", Nothing.List), new("meta", Nothing.Map), new("group", null),
    ];

    private static readonly KeyValuePair<string, object?>[] OfModels =
    [
        .. OfAll, new("materialized", "view"), new("incremental_strategy", null), new("batch_size", null), new("lookback", 1L), new("begin", null),
        new("persist_docs", Nothing.Map), new("post_hook", Nothing.List), new("pre_hook", Nothing.List), new("quoting", Nothing.Map), new("column_types", Nothing.Map),
        new("full_refresh", null), new("unique_key", null), new("on_schema_change", "ignore"), new("on_configuration_change", "apply"), new("grants", Nothing.Map),
        new("packages", Nothing.List), new("docs", Map(("show", true), ("node_color", null))), new("contract", Map(("enforced", false), ("alias_types", true))),
        new("event_time", null), new("concurrent_batches", null), new("access", "protected"), new("freshness", null),
    ];

    private static readonly KeyValuePair<string, object?>[] OfTests =
    [
        .. OfAll, new("materialized", "test"), new("severity", "ERROR"), new("store_failures", null), new("store_failures_as", null), new("where", null), new("limit", null),
        new("fail_calc", "count(*)"), new("warn_if", "!= 0"), new("error_if", "!= 0"),
    ];

    private static readonly Dictionary<string, object?> Models = OfModels.ToDictionary();

    private static readonly Dictionary<string, object?> Tests = OfTests.ToDictionary();

    private static readonly Dictionary<string, object?> Seeds =
        OfModels.Append(new("delimiter", ",")).Append(new("quote_columns", null)).Where(entry => entry.Key != "access").ToDictionary();

    private static readonly Dictionary<string, object?> Snapshots = OfModels.Where(entry => entry.Key != "access")
        .Concat(new[] { "strategy", "target_schema", "target_database", "updated_at", "check_cols", "snapshot_meta_column_names", "dbt_valid_to_current", "hard_deletes" }
            .Select(key => new KeyValuePair<string, object?>(key, null))).ToDictionary();

    public static IReadOnlyDictionary<string, object?> Of(NodeKind kind) => kind switch
    {
        NodeKind.Test => Tests,
        NodeKind.Seed => Seeds,
        NodeKind.Snapshot => Snapshots,
        _ => Models,
    };

    private static Dictionary<string, object?> Map(params (string Key, object? Value)[] entries) => entries.ToDictionary(entry => entry.Key, entry => entry.Value);

    private static class Nothing
    {
        public static readonly List<object?> List = [];
        public static readonly Dictionary<string, object?> Map = [];
    }
}
