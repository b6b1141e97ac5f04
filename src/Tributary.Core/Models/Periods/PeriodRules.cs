using Tributary.Core.Graph;
using Tributary.Core.Models.Parsing;
using Tributary.Core.Text;

namespace Tributary.Core.Models.Periods;

/// <summary>What a model that is built period by period must say before anything runs.</summary>
internal static class PeriodRules
{
    public static bool IsPeriodic(ParsedNode node) => node.Kind == NodeKind.Model && node.Config.Materialized == PeriodConfig.Materialization;

    public static void Check(IReadOnlyList<ParsedNode> nodes, ModelSettings settings, Problems problems)
    {
        foreach (var node in nodes.Where(IsPeriodic))
        {
            if (settings.Project is null)
                problems.Add(ErrorCodes.PeriodInvalid, node.At, $"the model '{node.Name}' is built period by period, which needs a tributary.yml", "Make one with `tributary init`, or use the incremental strategy 'microbatch'.");
            else if (PeriodConfig.FindWrong(node.Config, settings.Zone) is var (message, hint)) problems.Add(ErrorCodes.PeriodInvalid, node.At, $"the model '{node.Name}' {message}", hint);
        }
    }
}
