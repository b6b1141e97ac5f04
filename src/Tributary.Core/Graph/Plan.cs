namespace Tributary.Core.Graph;

/// <summary>What a run would do, as data: the chosen nodes in order, each with those that it waits for.</summary>
public sealed record Plan(IReadOnlyList<PlanStep> Steps)
{
    /// <summary>
    /// The chosen nodes of the graph. Edges through nodes that were not chosen are kept, so that the order holds. With
    /// <paramref name="waitForTests"/> a node waits for the tests of everything it is made from (as <c>dbt build</c> does),
    /// and so does not run when one fails.
    /// </summary>
    public static Plan Of(NodeGraph graph, IReadOnlySet<string> chosen, bool waitForTests)
    {
        var edges = new ChosenEdges(graph, chosen);
        var tests = waitForTests ? TestGates.Of(graph, chosen) : [];
        var steps = graph.Nodes.Where(node => chosen.Contains(node.Id))
            .Select(node => WithAwaited(new PlanStep(node, [.. edges.Before(node.Id).Union(tests.GetValueOrDefault(node.Id) ?? [])]), chosen))
            .ToList();
        if (waitForTests) PutBefore(steps);
        return new Plan(InOrder(steps));
    }

    private static PlanStep WithAwaited(PlanStep step, IReadOnlySet<string> chosen) =>
        step.Node.Awaits.Count == 0 ? step : step with { Awaits = [.. step.Node.Awaits.Where(chosen.Contains).Except(step.After)] };

    /// <summary>Turns the edge between a node and one that must come before it; both wait for the same.</summary>
    private static void PutBefore(List<PlanStep> steps)
    {
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < steps.Count; i++) places[steps[i].Node.Id] = i;
        var waits = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        for (var i = 0; i < steps.Count; i++)
        {
            if (steps[i].Node.Precedes is not { } later || !places.TryGetValue(later, out var place)) continue;
            waits.TryAdd(later, steps[place].After);
            steps[i] = steps[i] with { After = waits[later] };
            steps[place] = steps[place] with { After = [.. steps[place].After, steps[i].Node.Id] };
        }
    }

    /// <summary>Gates add edges, so the graph's order alone no longer puts everything behind what it waits for.</summary>
    private static List<PlanStep> InOrder(List<PlanStep> steps)
    {
        var byId = steps.ToDictionary(step => step.Node.Id);
        var ordered = new List<PlanStep>(steps.Count);
        var done = new HashSet<string>();
        var stack = new Stack<(PlanStep Step, IReadOnlyList<string> Before, int Next)>();
        foreach (var start in steps)
        {
            if (!done.Add(start.Node.Id)) continue;
            stack.Push(Start(start));
            while (stack.TryPop(out var top))
            {
                var (next, before) = (top.Next, top.Before);
                while (next < before.Count && done.Contains(before[next])) next++;
                if (next == before.Count)
                {
                    ordered.Add(top.Step);
                    continue;
                }
                stack.Push((top.Step, before, next + 1));
                done.Add(before[next]);
                stack.Push(Start(byId[before[next]]));
            }
        }
        return ordered;

        static (PlanStep Step, IReadOnlyList<string> Before, int Next) Start(PlanStep step) => (step, step.Awaits.Count == 0 ? step.After : [.. step.Before], 0);
    }
}
