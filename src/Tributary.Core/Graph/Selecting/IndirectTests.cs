namespace Tributary.Core.Graph.Selecting;

/// <summary>Decides which tests follow the nodes that were chosen; see <see cref="IndirectSelection"/>.</summary>
internal sealed class IndirectTests(SelectionGraph graph)
{
    /// <summary>
    /// The chosen with the tests that follow them, and those that would follow if their other parents were chosen too. Sets
    /// given are not kept.
    /// </summary>
    public (HashSet<string> Direct, HashSet<string> Indirect) Follow(HashSet<string> selected, IndirectSelection mode)
    {
        var direct = new HashSet<string>(selected, StringComparer.Ordinal);
        var indirect = new HashSet<string>(StringComparer.Ordinal);
        if (mode == IndirectSelection.Empty) return (direct, indirect);
        var buildable = mode == IndirectSelection.Buildable ? WithParents(selected, everySource: true) : selected;
        foreach (var id in selected)
        {
            foreach (var child in graph.Children(id))
            {
                if (direct.Contains(child) || !graph[child].IsTest) continue;
                if (mode == IndirectSelection.Eager || All(child, selected) || All(child, buildable)) direct.Add(child);
                else indirect.Add(child);
            }
        }
        return (direct, indirect);
    }

    /// <summary>The chosen of a whole group with the tests whose parents came together only now.</summary>
    public HashSet<string> Join(HashSet<string> direct, HashSet<string> indirect, IndirectSelection mode)
    {
        if (mode is not (IndirectSelection.Cautious or IndirectSelection.Buildable) || direct.SetEquals(indirect)) return direct;
        var known = mode == IndirectSelection.Buildable ? WithParents(direct, everySource: false) : new HashSet<string>(direct, StringComparer.Ordinal);
        foreach (var id in indirect)
        {
            if (graph[id].IsTest && All(id, known)) direct.Add(id);
        }
        return direct;
    }

    private bool All(string test, HashSet<string> chosen)
    {
        foreach (var parent in graph[test].DependsOn)
        {
            if (!chosen.Contains(parent)) return false;
        }
        return true;
    }

    private HashSet<string> WithParents(HashSet<string> selected, bool everySource)
    {
        var all = graph.Ancestors(selected);
        all.UnionWith(selected);
        if (!everySource) return all;
        foreach (var item in graph.Items)
        {
            if (item.ResourceType == "source") all.Add(item.Id);
        }
        return all;
    }
}
