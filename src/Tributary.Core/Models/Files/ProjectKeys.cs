using Tributary.Core.Text;
using Tributary.Core.Text.Yaml;

namespace Tributary.Core.Models.Files;

/// <summary>The keys of <c>dbt_project.yml</c>: those that dbt knows. Others are passed over with a warning, as by dbt.</summary>
internal static class ProjectKeys
{
    /// <summary>Sections of folder configuration and the name under which each is kept.</summary>
    public static readonly IReadOnlyDictionary<string, string> Sections = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["models"] = "models",
        ["seeds"] = "seeds",
        ["snapshots"] = "snapshots",
        ["sources"] = "sources",
        ["tests"] = "tests",
        ["data_tests"] = "tests",
        ["unit_tests"] = "unit_tests",
        ["exposures"] = "exposures",
        ["metrics"] = "metrics",
        ["semantic-models"] = "semantic_models",
        ["saved-queries"] = "saved_queries",
        ["functions"] = "functions",
    };

    private static readonly string[] Others =
    [
        "name", "version", "config-version", "profile", "model-paths", "seed-paths", "macro-paths", "test-paths", "snapshot-paths",
        "analysis-paths", "asset-paths", "docs-paths", "function-paths", "source-paths", "data-paths", "target-path", "log-path",
        "packages-install-path", "modules-path", "clean-targets", "require-dbt-version", "vars", "quoting", "dispatch", "flags", "on-run-start", "on-run-end",
        "query-comment", "dbt-cloud", "restrict-access", "packages",
    ];

    public static void WarnOfUnknown(YamlMap map, Problems problems)
    {
        foreach (var entry in map.Entries)
        {
            if (Others.Contains(entry.Key) || Sections.ContainsKey(entry.Key)) continue;
            problems.Warn(ErrorCodes.UnknownKey, entry.KeyAt, $"dbt_project.yml has no key '{entry.Key}'; it is passed over", Nearest.Hint(entry.Key, [.. Others, .. Sections.Keys]));
        }
    }

    /// <summary>Two names of one thing cannot both be given.</summary>
    public static void RefuseBoth(YamlMap map, string older, string newer, Problems problems)
    {
        if (map.TryGet(older, out var entry) && map.Find(newer) is not null)
            problems.Add(ErrorCodes.DuplicateKey, entry.KeyAt, $"'{older}' is the older name of '{newer}', and both are given", $"Keep '{newer}'.");
    }
}
