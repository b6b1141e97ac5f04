using Tributary.Core.Text;

namespace Tributary.Core.Graph;

/// <summary>The nodes of a project with their edges, both ways; immutable, without cycles, in a stable order.</summary>
public sealed class NodeGraph
{
    private readonly Dictionary<string, Node> byId;
    private readonly Dictionary<string, IReadOnlyList<string>> parents;
    private readonly Dictionary<string, List<string>> children;

    private NodeGraph(Dictionary<string, Node> byId, Dictionary<string, IReadOnlyList<string>> parents, Dictionary<string, List<string>> children)
    {
        this.byId = byId;
        this.parents = parents;
        this.children = children;
        Nodes = [.. byId.Values];
    }

    /// <summary>All nodes, parents before children, else in the order in which they were given.</summary>
    public IReadOnlyList<Node> Nodes { get; }

    public Node this[string id] => byId[id];

    public bool Contains(string id) => byId.ContainsKey(id);

    public IReadOnlyList<string> Parents(string id) => parents[id];

    public IReadOnlyList<string> Children(string id) => children[id];

    /// <summary>Checks that ids are unique and that there is no cycle, which is named edge by edge with its files.</summary>
    public static NodeGraph Build(IReadOnlyList<Node> nodes)
    {
        var given = new Dictionary<string, Node>(nodes.Count);
        foreach (var node in nodes)
        {
            if (given.TryAdd(node.Id, node)) continue;
            throw new UserErrorException(ErrorCodes.DuplicateName, node.At,
                $"'{node.Name}' is defined twice; the other is at {given[node.Id].At}.", "Rename or remove one of them.");
        }
        var parents = nodes.ToDictionary(
            node => node.Id, node => (IReadOnlyList<string>)[.. node.DependsOn.Where(given.ContainsKey).Distinct()]);
        var order = TopologicalOrder.Of(nodes, parents, given);
        var children = order.ToDictionary(node => node.Id, _ => new List<string>());
        foreach (var node in order)
            foreach (var parent in parents[node.Id]) children[parent].Add(node.Id);
        return new NodeGraph(order.ToDictionary(node => node.Id), parents, children);
    }

    /// <summary>The node's ancestors, up to <paramref name="depth"/> edges away.</summary>
    public HashSet<string> Ancestors(string id, int depth = int.MaxValue) => Walk(id, depth, Parents);

    /// <summary>The node's descendants, up to <paramref name="depth"/> edges away.</summary>
    public HashSet<string> Descendants(string id, int depth = int.MaxValue) => Walk(id, depth, Children);

    private static HashSet<string> Walk(string start, int depth, Func<string, IReadOnlyList<string>> next)
    {
        var seen = new HashSet<string>();
        var level = new List<string> { start };
        for (var i = 0; i < depth && level.Count > 0; i++)
        {
            var following = new List<string>();
            foreach (var id in level)
                foreach (var neighbour in next(id))
                    if (seen.Add(neighbour)) following.Add(neighbour);
            level = following;
        }
        return seen;
    }
}
