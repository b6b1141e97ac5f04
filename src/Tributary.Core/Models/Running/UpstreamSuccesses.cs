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
                foreach (var stream in source.Streams) fingerprint.AddUpstream(stream, successes.LoadOf(stream));
                if (source.Streams.Count == 0) never ??= $"it reads {source.Schema}.{source.Identifier}, which others write";
            }
            else if (successes.Find(id) is { } success) fingerprint.AddUpstream(id, success.SuccessId);
            else never ??= $"{project.Find(id)?.Name ?? id} was never built";
        }
        return never;
    }

    /// <summary>
    /// The relations that the node refers to, through ephemeral models. What lies behind a view among them is that view's own affair:
    /// when it changes, the view is built anew.
    /// </summary>
    public HashSet<Relation> Relations(ParsedNode node)
    {
        var relations = new HashSet<Relation>();
        if (node.Config.Materialized == "incremental") relations.Add(node.Relation); // it reads what it added last time
        foreach (var id in Direct(node))
        {
            if (project.Sources.TryGetValue(id, out var source)) relations.Add(new Relation(source.Schema, source.Identifier));
            else if (project.Find(id) is { } parent) relations.Add(parent.Relation);
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
