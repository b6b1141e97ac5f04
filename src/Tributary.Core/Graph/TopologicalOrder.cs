using Tributary.Core.Text;

namespace Tributary.Core.Graph;

/// <summary>Orders nodes so that parents come first (Kahn's algorithm, stable), or names the cycle that forbids it.</summary>
internal static class TopologicalOrder
{
    public static IReadOnlyList<Node> Of(
        IReadOnlyList<Node> nodes, Dictionary<string, IReadOnlyList<string>> parents, Dictionary<string, Node> byId)
    {
        var open = nodes.ToDictionary(node => node.Id, node => parents[node.Id].Count);
        var children = nodes.ToDictionary(node => node.Id, _ => new List<Node>());
        foreach (var node in nodes)
            foreach (var parent in parents[node.Id]) children[parent].Add(node);

        var ready = new Queue<Node>(nodes.Where(node => open[node.Id] == 0));
        var order = new List<Node>(nodes.Count);
        while (ready.TryDequeue(out var node))
        {
            order.Add(node);
            foreach (var child in children[node.Id])
                if (--open[child.Id] == 0) ready.Enqueue(child);
        }
        if (order.Count < nodes.Count) throw CycleError(nodes.First(node => open[node.Id] > 0), open, parents, byId);
        return order;
    }

    private static UserErrorException CycleError(
        Node start, Dictionary<string, int> open, Dictionary<string, IReadOnlyList<string>> parents, Dictionary<string, Node> byId)
    {
        // Every node that is left has a parent that is left: walking up must come back to a node already seen.
        var path = new List<string>();
        var id = start.Id;
        while (!path.Contains(id))
        {
            path.Add(id);
            id = parents[id].First(parent => open[parent] > 0);
        }
        var cycle = path[path.IndexOf(id)..];
        cycle.Add(id);
        cycle.Reverse();
        var edges = cycle.Zip(cycle.Skip(1), (from, to) => $"{byId[from].Name} ({byId[from].At}) is read by {byId[to].Name}");
        return new UserErrorException(ErrorCodes.Cycle, byId[id].At,
            $"These nodes need each other: {string.Join("; ", edges)}.", "Remove one of these references.");
    }
}
