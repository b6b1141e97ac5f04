using Tributary.Core.Graph;
using Tributary.Core.Text;

namespace Tributary.Core.Models.Parsing;

/// <summary>Two nodes cannot become one relation: each would overwrite the other's.</summary>
internal static class RelationRules
{
    public static void Check(IReadOnlyList<ParsedNode> nodes, Problems problems)
    {
        var owners = new Dictionary<(string? Database, string Schema, string Alias), ParsedNode>();
        foreach (var node in nodes)
        {
            if (node.Kind is NodeKind.Test or NodeKind.Analysis || node.IsEphemeral || owners.TryAdd((node.Database, node.Schema, node.Alias), node)) continue;
            var other = owners[(node.Database, node.Schema, node.Alias)];
            problems.Add(ErrorCodes.DuplicateName, node.At, $"{node.Id} and {other.Id} ({other.At}) would both become {node.Relation}", "Give one of them another alias or schema.");
        }
    }
}
