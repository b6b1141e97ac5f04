using Tributary.Core.Graph;
using Tributary.Core.Models.Parsing;

namespace Tributary.Core.Models.Selecting;

/// <summary>A node's configuration with every key that dbt's manifest has for its kind, in dbt's order; what the user wrote beyond these follows.</summary>
internal static class FullConfig
{
    private static readonly KeyValuePair<string, object?>[] Nodes =
    [
        new("enabled", true), new("alias", null), new("schema", null), new("database", null), new("tags", Array.Empty<object?>()), new("meta", NoMap()), new("group", null),
        new("materialized", "view"), new("incremental_strategy", null), new("batch_size", null), new("lookback", 1L), new("begin", null), new("persist_docs", NoMap()),
        new("post-hook", Array.Empty<object?>()), new("pre-hook", Array.Empty<object?>()), new("quoting", NoMap()), new("column_types", NoMap()), new("full_refresh", null),
        new("unique_key", null), new("on_schema_change", "ignore"), new("on_configuration_change", "apply"), new("grants", NoMap()), new("packages", Array.Empty<object?>()),
        new("docs", new Dictionary<string, object?> { ["show"] = true, ["node_color"] = null }),
        new("contract", new Dictionary<string, object?> { ["enforced"] = false, ["alias_types"] = true }), new("event_time", null), new("concurrent_batches", null),
    ];

    private static readonly KeyValuePair<string, object?>[] Tests =
    [
        new("enabled", true), new("alias", null), new("schema", "dbt_test__audit"), new("database", null), new("tags", Array.Empty<object?>()), new("meta", NoMap()), new("group", null),
        new("materialized", "test"), new("severity", "ERROR"), new("store_failures", null), new("store_failures_as", null), new("where", null), new("limit", null),
        new("fail_calc", "count(*)"), new("warn_if", "!= 0"), new("error_if", "!= 0"),
    ];

    public static Dictionary<string, object?> Of(ParsedNode node)
    {
        var given = node.Config.Values;
        var config = new Dictionary<string, object?>(given.Count + 28, StringComparer.Ordinal);
        foreach (var (key, usual) in node.Kind == NodeKind.Test ? Tests : Nodes)
            config[key] = Merged(usual, given.GetValueOrDefault(key.Replace('-', '_')));
        foreach (var (key, value) in given)
        {
            var name = key is "pre_hook" or "post_hook" ? key.Replace('_', '-') : key;
            config.TryAdd(name, value);
        }
        if (node.Kind == NodeKind.Model) config["access"] = node.Config.Text("access") ?? "protected";
        if (node.Kind == NodeKind.Seed) AddSeeds(config);
        return config;
    }

    private static void AddSeeds(Dictionary<string, object?> config)
    {
        config["materialized"] = "seed";
        config.TryAdd("delimiter", ",");
        config.TryAdd("quote_columns", null);
    }

    /// <summary>A map keeps the keys that it has by itself.</summary>
    private static object? Merged(object? usual, object? given)
    {
        if (given is null) return usual;
        if (usual is not Dictionary<string, object?> { Count: > 0 } map || given is not IReadOnlyDictionary<string, object?> over) return given;
        var merged = new Dictionary<string, object?>(map, StringComparer.Ordinal);
        foreach (var (key, value) in over) merged[key] = value;
        return merged;
    }

    private static Dictionary<string, object?> NoMap() => [];
}
