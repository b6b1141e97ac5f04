using Tributary.Core.Models.Configs;
using Tributary.Core.Models.Files;
using Tributary.Core.Models.Parsing.Tests;

namespace Tributary.Core.Models.Parsing;

/// <summary>
/// Brings together everything that configures a node. Weakest first: its kind's defaults, its package's folders, its YAML, its
/// own file; and for an installed package's node, at last the project's folders.
/// </summary>
internal sealed class ConfigResolver(DbtProject root)
{
    public NodeConfig Resolve(NodeDraft draft, IReadOnlyDictionary<string, object?> inFile) =>
        Resolve(draft.Section, draft.Project, draft.Fqn, draft.Generated?.Config ?? EmptyMap.Instance, draft.Properties?.Config ?? EmptyMap.Instance, inFile);

    public NodeConfig Resolve(string section, DbtProject project, IReadOnlyList<string> fqn, params IReadOnlyDictionary<string, object?>[] own)
    {
        var config = Defaults(section);
        foreach (var level in FolderConfig.Levels(project, section, fqn)) ConfigMerge.Apply(config, level);
        foreach (var level in own) ConfigMerge.Apply(config, level);
        if (project != root)
        {
            foreach (var level in FolderConfig.Levels(root, section, fqn)) ConfigMerge.Apply(config, level);
        }
        return section == "tests" ? TestConfig.Settle(config) : new NodeConfig(config);
    }

    private static Dictionary<string, object?> Defaults(string section) => section switch
    {
        "seeds" => new(StringComparer.Ordinal) { ["materialized"] = "seed", ["enabled"] = true },
        "snapshots" => new(StringComparer.Ordinal) { ["materialized"] = "snapshot", ["enabled"] = true },
        "unit_tests" => new(StringComparer.Ordinal) { ["enabled"] = true },
        "tests" => new(StringComparer.Ordinal)
        {
            ["materialized"] = "test",
            ["enabled"] = true,
            ["severity"] = "ERROR",
            ["fail_calc"] = "count(*)",
            ["warn_if"] = "!= 0",
            ["error_if"] = "!= 0",
            ["schema"] = "dbt_test__audit",
        },
        _ => new(StringComparer.Ordinal) { ["materialized"] = "view", ["enabled"] = true, ["on_schema_change"] = "ignore" },
    };
}
