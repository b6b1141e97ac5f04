using Tributary.Core.Graph;
using Tributary.Core.Models.Parsing;
using Tributary.Core.Postgres;

namespace Tributary.Core.Models.Running;

/// <summary>What lies directly upstream of a node, seen through ephemeral models, and how far each of it is.</summary>
internal sealed class UpstreamSuccesses(ParsedProject project)
{
    /// <summary>Adds each to the fingerprint; the answer is why the node can never be fresh, or null.</summary>
    public string? AddTo(Fingerprint fingerprint, ParsedNode node, SuccessRecords successes)
    {
        string? never = null;
        foreach (var id in Direct(node))
        {
            if (project.Sources.TryGetValue(id, out var source))
            {
                if (source.Stream is { } stream) fingerprint.AddUpstream(stream, successes.LoadOf(stream));
                else never ??= $"it reads {source.Schema}.{source.Identifier}, which others write";
            }
            else if (successes.Find(id) is { } success) fingerprint.AddUpstream(id, success.SuccessId);
            else never ??= $"{project.Find(id)?.Name ?? id} was never built";
        }
        return never;
    }

    /// <summary>
    /// Every relation that the node may read, at any distance, so that a view's own sources count. What it reads beyond these is
    /// not known to change.
    /// </summary>
    public HashSet<Relation> Relations(ParsedNode node)
    {
        var relations = new HashSet<Relation>();
        if (node.Config.Materialized is "incremental" or "snapshot") relations.Add(node.Relation); // it reads what it added last time
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var left = new Stack<string>(node.DependsOn);
        while (left.TryPop(out var id))
        {
            if (!seen.Add(id)) continue;
            if (project.Sources.TryGetValue(id, out var source)) relations.Add(new Relation(source.Schema, source.Identifier));
            else if (project.Find(id) is { } parent)
            {
                relations.Add(parent.Relation);
                foreach (var next in parent.DependsOn) left.Push(next);
            }
        }
        return relations;
    }

    private List<string> Direct(ParsedNode node)
    {
        var direct = new List<string>();
        var left = new Stack<string>(node.DependsOn.Reverse());
        while (left.TryPop(out var id))
        {
            if (project.Find(id) is { IsEphemeral: true } ephemeral)
            {
                foreach (var next in ephemeral.DependsOn.Reverse()) left.Push(next);
            }
            else if (!direct.Contains(id)) direct.Add(id);
        }
        return direct;
    }
}
