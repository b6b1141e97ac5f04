using Tributary.Core.Graph;
using Tributary.Core.Models.Parsing;
using Tributary.Core.Text;

namespace Tributary.Core.Models.Microbatches;

/// <summary>What dbt demands of a microbatch model's configuration before anything runs.</summary>
internal static class MicrobatchRules
{
    public static void Check(IReadOnlyList<ParsedNode> nodes, Problems problems)
    {
        foreach (var node in nodes)
        {
            if (node.Kind == NodeKind.Model && BatchPlan.IsMicrobatch(node) && Wrong(node) is var (message, hint)) problems.Add(ErrorCodes.InvalidValue, node.At, $"the microbatch model '{node.Name}' {message}", hint);
        }
    }

    private static (string Message, string Hint)? Wrong(ParsedNode node)
    {
        var config = node.Config;
        if (config["event_time"] is not string) return ("has no event_time", "Name the column that says when an event happened: config(event_time='occurred_at').");
        if (BatchPlan.Begin(config) is null) return (config["begin"] is null ? "has no begin" : "has a begin that is no time", "Say where its first batch begins: config(begin='2024-01-01').");
        if (BatchPlan.Size(config) is null) return (config.Text("batch_size") is { } size ? $"has batch_size '{size}'; expected hour, day, month or year" : "has no batch_size", "Write config(batch_size='day').");
        return BatchPlan.Lookback(config) is null ? ("has a lookback that is no whole number", "Write how many batches before the last are built again: config(lookback=3).") : null;
    }
}
