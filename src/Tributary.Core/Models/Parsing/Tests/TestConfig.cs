using Tributary.Core.Graph;
using Tributary.Core.Models.Configs;
using Tributary.Core.Text;

namespace Tributary.Core.Models.Parsing.Tests;

/// <summary>What is particular to the configuration of tests.</summary>
internal static class TestConfig
{
    /// <summary>Settles what is said of failing rows as dbt does: <c>store_failures_as</c> wins over <c>store_failures</c>. Takes the map over.</summary>
    public static NodeConfig Settle(Dictionary<string, object?> config)
    {
        if (config.GetValueOrDefault("store_failures_as") is { } kind) config["store_failures"] = kind is not "ephemeral";
        else if (config.GetValueOrDefault("store_failures") is not null) config["store_failures_as"] = new NodeConfig(config).IsTrue("store_failures", usual: false) ? "table" : "ephemeral";
        return new NodeConfig(config);
    }

    public static void Check(IReadOnlyList<ParsedNode> nodes, Problems problems)
    {
        foreach (var node in nodes)
        {
            if (node.Kind != NodeKind.Test || node.IsUnitTest || node.Config.Text("severity") is not { } severity) continue;
            if (severity.Equals("warn", StringComparison.OrdinalIgnoreCase) || severity.Equals("error", StringComparison.OrdinalIgnoreCase)) continue;
            problems.Add(ErrorCodes.InvalidValue, node.At, $"the severity of the test '{node.Name}' is '{severity}'; expected warn or error");
        }
    }
}
