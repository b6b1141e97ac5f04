namespace Tributary.Core.Graph.Selecting;

/// <summary>Everything that a selection can choose, with its edges; in the order of the plan's graph, what never runs behind it.</summary>
public sealed class SelectionGraph
{
    private readonly Dictionary<string, Selectable> byId;
    private readonly Dictionary<string, List<string>> children;

    private SelectionGraph(Dictionary<string, Selectable> byId)
    {
        this.byId = byId;
        Items = [.. byId.Values];
        children = new Dictionary<string, List<string>>(byId.Count, StringComparer.Ordinal);
        foreach (var item in Items)
        {
            foreach (var parent in item.DependsOn)
            {
                if (!children.TryGetValue(parent, out var list)) children[parent] = list = [];
                list.Add(item.Id);
            }
        }
    }

    public IReadOnlyList<Selectable> Items { get; }

    public Selectable this[string id] => byId[id];

    public bool Contains(string id) => byId.ContainsKey(id);

    /// <summary>The steps of the graph; what <paramref name="described"/> knows better replaces them, and what is no step is added.</summary>
    public static SelectionGraph Of(NodeGraph graph, IReadOnlyList<Selectable> described)
    {
        var byId = new Dictionary<string, Selectable>(graph.Nodes.Count + 64, StringComparer.Ordinal);
        foreach (var item in described) byId[item.Id] = item;
        var all = new Dictionary<string, Selectable>(byId.Count, StringComparer.Ordinal);
        foreach (var node in graph.Nodes) all[node.Id] = byId.GetValueOrDefault(node.Id) ?? Selectable.Of(node);
        foreach (var item in described) all.TryAdd(item.Id, item);
        return new SelectionGraph(all);
    }

    /// <summary>What lies before any of these, at most so many edges away.</summary>
    public HashSet<string> Ancestors(IEnumerable<string> of, int depth = int.MaxValue) => Walk(of, depth, id => byId[id].DependsOn);

    /// <summary>What lies behind any of these, at most so many edges away.</summary>
    public HashSet<string> Descendants(IEnumerable<string> of, int depth = int.MaxValue) => Walk(of, depth, Children);

    public IReadOnlyList<string> Children(string id) => children.TryGetValue(id, out var list) ? list : [];

    /// <summary>All starts walk at once: who is near one of them is found at its smallest distance.</summary>
    private HashSet<string> Walk(IEnumerable<string> starts, int depth, Func<string, IReadOnlyList<string>> next)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        var seen = new HashSet<string>(starts, StringComparer.Ordinal);
        var level = new List<string>(seen);
        for (var i = 0; i < depth && level.Count > 0; i++)
        {
            var following = new List<string>();
            foreach (var id in level)
            {
                foreach (var neighbour in next(id))
                {
                    if (!byId.ContainsKey(neighbour)) continue;
                    found.Add(neighbour);
                    if (seen.Add(neighbour)) following.Add(neighbour);
                }
            }
            level = following;
        }
        return found;
    }
}
