using Tributary.Core.Text;

namespace Tributary.Core.Graph;

/// <summary>Chooses nodes by dbt's selection syntax: words are united, commas intersect, <c>+</c> and <c>@</c> walk the graph.</summary>
public static class Selector
{
    /// <summary>
    /// The ids chosen by <paramref name="select"/> (empty: all) without those of <paramref name="exclude"/>. A word that
    /// matches nothing is an error that names the nearest node; tests follow the nodes that they test.
    /// </summary>
    public static HashSet<string> Choose(
        NodeGraph graph, IReadOnlyList<string> select, IReadOnlyList<string> exclude, IndirectSelection indirect = IndirectSelection.Eager)
    {
        var chosen = select.Count == 0 ? [.. graph.Nodes.Select(node => node.Id)] : Union(graph, select, mustMatch: true, indirect);
        if (exclude.Count > 0) chosen.ExceptWith(Union(graph, exclude, mustMatch: false, IndirectSelection.Eager));
        return chosen;
    }

    private static HashSet<string> Union(NodeGraph graph, IReadOnlyList<string> words, bool mustMatch, IndirectSelection indirect)
    {
        var union = new HashSet<string>();
        foreach (var word in words.SelectMany(text => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)))
        {
            var matched = word.Split(',', StringSplitOptions.RemoveEmptyEntries)
                .Select(part => Match(graph, Criterion.Parse(part), indirect))
                .Aggregate((a, b) => { a.IntersectWith(b); return a; });
            if (matched.Count == 0 && mustMatch) throw NothingMatches(graph, word);
            union.UnionWith(matched);
        }
        return union;
    }

    private static HashSet<string> Match(NodeGraph graph, Criterion criterion, IndirectSelection indirect)
    {
        var matches = SelectorMethods.Resolve(criterion);
        var chosen = graph.Nodes.Where(matches).Select(node => node.Id).ToHashSet();
        var roots = chosen.ToList();
        foreach (var id in roots)
        {
            if (criterion.AncestorDepth is { } up) chosen.UnionWith(graph.Ancestors(id, up));
            if (criterion.DescendantDepth is { } down) chosen.UnionWith(graph.Descendants(id, down));
            if (!criterion.WithChildrensParents) continue;
            var descendants = graph.Descendants(id);
            chosen.UnionWith(descendants);
            foreach (var descendant in descendants.Append(id)) chosen.UnionWith(graph.Ancestors(descendant));
        }
        AddTests(graph, chosen, indirect);
        return chosen;
    }

    private static void AddTests(NodeGraph graph, HashSet<string> chosen, IndirectSelection indirect)
    {
        if (indirect == IndirectSelection.Empty) return;
        foreach (var test in graph.Nodes.Where(node => node.Kind == NodeKind.Test))
        {
            var parents = graph.Parents(test.Id);
            var follows = indirect == IndirectSelection.Eager ? parents.Any(chosen.Contains) : parents.Count > 0 && parents.All(chosen.Contains);
            if (follows) chosen.Add(test.Id);
        }
    }

    private static UserErrorException NothingMatches(NodeGraph graph, string word)
    {
        var bare = word.Trim('+', '@').Split(':')[^1];
        var nearest = Nearest.To(bare, graph.Nodes.Select(node => node.Name));
        return new UserErrorException(ErrorCodes.UnknownSelector, null, $"The selection '{word}' matches nothing.",
            nearest is null ? "`tributary ls` lists what can be selected." : $"Did you mean '{nearest}'?");
    }
}
