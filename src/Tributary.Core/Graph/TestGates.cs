namespace Tributary.Core.Graph;

/// <summary>
/// Which nodes wait for which tests: a test holds back every node that is made from all that it tests. Only the first
/// such node on each path gets the edge; those behind it wait for it anyway.
/// </summary>
internal static class TestGates
{
    public static Dictionary<string, List<string>> Of(NodeGraph graph, IReadOnlySet<string> chosen)
    {
        var gates = new Dictionary<string, List<string>>();
        foreach (var test in graph.Nodes.Where(node => node.Kind == NodeKind.Test && node.Precedes is null && chosen.Contains(node.Id)))
        {
            var tested = graph.Parents(test.Id);
            if (tested.Count == 0) continue;
            foreach (var id in FirstMadeFromAll(graph, tested))
            {
                if (!chosen.Contains(id)) continue;
                if (!gates.TryGetValue(id, out var list)) gates[id] = list = [];
                list.Add(test.Id);
            }
        }
        return gates;
    }

    private static HashSet<string> FirstMadeFromAll(NodeGraph graph, IReadOnlyList<string> tested)
    {
        if (tested.Count == 1) return [.. graph.Children(tested[0]).Where(id => graph[id].Kind != NodeKind.Test)];
        var common = graph.Descendants(tested[0]);
        foreach (var other in tested.Skip(1)) common.IntersectWith(graph.Descendants(other));
        return [.. common.Where(id => graph[id].Kind != NodeKind.Test && !graph.Parents(id).Any(common.Contains))];
    }
}
