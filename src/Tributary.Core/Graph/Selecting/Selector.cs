using Tributary.Core.Text;

namespace Tributary.Core.Graph.Selecting;

/// <summary>
/// Chooses by dbt's selection syntax. Each criterion gives what it matches, with the ancestors and descendants that its
/// operators take and the tests that follow; groups put these sets together.
/// </summary>
public sealed class Selector
{
    private readonly SelectionGraph graph;
    private readonly SelectionRequest request;
    private readonly SelectionMethods methods;
    private readonly IndirectTests tests;

    private Selector(SelectionGraph graph, SelectionRequest request)
    {
        this.graph = graph;
        this.request = request;
        methods = new SelectionMethods(request);
        tests = new IndirectTests(graph);
    }

    /// <summary>
    /// The chosen ids; sources and others that never run among them. A word that matches nothing is a warning that names the
    /// nearest thing.
    /// </summary>
    public static HashSet<string> Choose(SelectionGraph graph, SelectionRequest request)
    {
        var chosen = new Selector(graph, request).Resolve(SelectionWords.Of(request)).Direct;
        if (request.ResourceTypes is { } types) chosen.RemoveWhere(id => !types.Contains(graph[id].ResourceType));
        return chosen;
    }

    /// <summary><c>Indirect</c>: tests that follow when their other parents are chosen too.</summary>
    private readonly record struct Sets(HashSet<string> Direct, HashSet<string> Indirect);

    private Sets Resolve(SelectionSpec spec) => spec switch
    {
        SelectionSpec.One one => Match(one.Criterion),
        SelectionSpec.Group group => Combine(group),
        _ => throw new InvalidOperationException($"There is no selection {spec.GetType().Name}."),
    };

    private Sets Match(Criterion criterion)
    {
        var (direct, indirect) = tests.Follow(WithNeighbours(criterion, Matched(criterion)), criterion.Indirect);
        return new Sets(direct, indirect);
    }

    private HashSet<string> Matched(Criterion criterion)
    {
        if (criterion.Method == "selector") return Resolve(request.Selectors().Find(criterion.Word, criterion.Indirect)).Direct;
        var matches = methods.Of(criterion);
        var matched = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in graph.Items)
        {
            if (matches(item)) matched.Add(item.Id);
        }
        return matched;
    }

    private HashSet<string> WithNeighbours(Criterion criterion, HashSet<string> matched)
    {
        if (matched.Count == 0) return matched;
        var selected = new HashSet<string>(matched, StringComparer.Ordinal);
        if (criterion.WithChildrensParents)
        {
            var behind = graph.Descendants(matched);
            behind.UnionWith(matched);
            selected.UnionWith(behind);
            selected.UnionWith(graph.Ancestors(behind));
        }
        if (criterion.AncestorDepth is { } up) selected.UnionWith(graph.Ancestors(matched, up));
        if (criterion.DescendantDepth is { } down) selected.UnionWith(graph.Descendants(matched, down));
        return selected;
    }

    private Sets Combine(SelectionSpec.Group group)
    {
        HashSet<string>? direct = null, indirect = null;
        foreach (var part in group.Parts)
        {
            var sets = Resolve(part);
            sets.Indirect.UnionWith(sets.Direct);
            direct = Combine(group.Operator, direct, sets.Direct);
            indirect = Combine(group.Operator, indirect, sets.Indirect);
        }
        direct = tests.Join(direct ?? [], indirect ?? [], group.Indirect);
        if (group.Word is { } word && direct.Count == 0) request.Warn(NothingMatches(word));
        return new Sets(direct, indirect ?? []);
    }

    private static HashSet<string> Combine(SelectionOperator by, HashSet<string>? all, HashSet<string> part)
    {
        if (all is null) return part;
        switch (by)
        {
            case SelectionOperator.Union:
                all.UnionWith(part);
                break;
            case SelectionOperator.Intersection:
                all.IntersectWith(part);
                break;
            default:
                all.ExceptWith(part);
                break;
        }
        return all;
    }

    private string NothingMatches(string word)
    {
        var bare = word.Trim('+', '@').Split(':')[^1].Split(',')[0];
        var meant = NamePattern.HasWildcard(bare) ? Wider(bare) : Nearest.To(bare, graph.Items.Select(item => item.Name));
        var hint = meant is null || meant == bare ? "" : $". Did you mean '{meant}'?";
        return $"The selection criterion '{word}' does not match any enabled nodes{hint}";
    }

    /// <summary>A wildcard is held against folders and name together; who means the name alone puts <c>*.</c> before it.</summary>
    private string? Wider(string pattern) => graph.Items.Any(item => NamePattern.Matches(item.Name, pattern)) ? $"*.{pattern}" : null;
}
