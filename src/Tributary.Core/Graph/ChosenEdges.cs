namespace Tributary.Core.Graph;

/// <summary>The nearest chosen ancestors of each node, found through nodes that were not chosen.</summary>
internal sealed class ChosenEdges(NodeGraph graph, IReadOnlySet<string> chosen)
{
    private readonly Dictionary<string, IReadOnlySet<string>> nearest = [];

    public IReadOnlySet<string> Before(string id)
    {
        // Parents come first in the graph's order, so that the recursion never goes deep.
        foreach (var node in graph.Nodes)
        {
            if (nearest.ContainsKey(id)) break;
            if (!nearest.ContainsKey(node.Id)) nearest[node.Id] = Collect(node.Id);
        }
        return nearest[id];
    }

    private HashSet<string> Collect(string id)
    {
        var before = new HashSet<string>();
        foreach (var parent in graph.Parents(id))
        {
            if (chosen.Contains(parent)) before.Add(parent);
            else before.UnionWith(nearest[parent]);
        }
        return before;
    }
}
