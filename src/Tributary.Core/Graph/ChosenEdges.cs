namespace Tributary.Core.Graph;

/// <summary>The nearest chosen ancestors of each node, found through nodes that were not chosen.</summary>
internal sealed class ChosenEdges(NodeGraph graph, IReadOnlySet<string> chosen)
{
    private readonly Dictionary<string, IReadOnlySet<string>> nearest = [];
    private int collected;

    public IReadOnlySet<string> Before(string id)
    {
        // Parents come first in the graph's order: all of a node's are collected when its turn comes.
        while (!nearest.ContainsKey(id) && collected < graph.Nodes.Count)
        {
            var next = graph.Nodes[collected++].Id;
            nearest[next] = Collect(next);
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
