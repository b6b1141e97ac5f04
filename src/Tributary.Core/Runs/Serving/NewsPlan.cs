using Tributary.Core.Graph;
using Tributary.Core.Ingest;
using Tributary.Core.Text;

namespace Tributary.Core.Runs.Serving;

/// <summary>
/// What a look for news has to do: the loads that have any, and everything that is made from them but exports. Streams that are followed load themselves: what is made
/// from them is due when they are further than at the last look. What jobs do is left to them.
/// </summary>
public static class NewsPlan
{
    private const int SourcesAtOnce = 4;

    /// <summary>Null when nothing is new. A source that cannot be asked counts as news, so that the run says what is wrong.</summary>
    public static async Task<Plan?> OfAsync(RunSession session, Wake wake, FollowedStreams followed, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(followed);
        var graph = session.Project.Graph;
        var ofJobs = JobNodes.Of(session.Project);
        if (wake.IsWhole)
        {
            var whole = graph.Nodes.Where(node => IsBroughtUpToDate(node) && !followed.Has(node) && !ofJobs.Contains(node.Id)).Select(node => node.Id).ToHashSet();
            return whole.Count == 0 && ofJobs.Count > 0 ? null : Plan.Of(graph, whole, waitForTests: true);
        }
        var loads = graph.Nodes.OfType<IngestNode>().Where(load => wake.Concerns(load.Stream.Source.Name) && !followed.Has(load) && !ofJobs.Contains(load.Id)).ToList();
        var news = new bool[loads.Count];
        await Parallel.ForAsync(0, loads.Count, new ParallelOptions { MaxDegreeOfParallelism = SourcesAtOnce, CancellationToken = cancel },
            async (i, stop) => news[i] = await HasNewsAsync(loads[i], session.Context, stop));
        var chosen = loads.Where((_, i) => news[i]).Select(load => load.Id).ToHashSet(StringComparer.Ordinal);
        var further = graph.Nodes.OfType<IngestNode>().Where(load => followed.IsFurther(load, session.Context.Successes)).Select(load => load.Id);
        foreach (var id in chosen.Concat(further).ToList()) chosen.UnionWith(graph.Descendants(id).Where(below => IsBroughtUpToDate(graph[below]) && !ofJobs.Contains(below)));
        return chosen.Count == 0 ? null : Plan.Of(graph, chosen, waitForTests: true);
    }

    /// <summary>
    /// Of a plan what takes in changes by itself, to be done before everything else, so that it waits for no table that is made anew and no test. Null when there is nothing, or nothing else.
    /// </summary>
    public static Plan? FirstOf(NodeGraph graph, Plan plan)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(plan);
        var steps = plan.Steps.Select(step => step.Node).ToDictionary(node => node.Id);
        var first = steps.Values.Where(node => node.FollowsChanges && !graph.Ancestors(node.Id).Any(steps.ContainsKey)).Select(node => node.Id).ToHashSet(StringComparer.Ordinal);
        return first.Count == 0 || first.Count == steps.Count ? null : Plan.Of(graph, first, waitForTests: false);
    }

    private static bool IsBroughtUpToDate(Node node) => node.Kind is NodeKind.Load or NodeKind.Seed or NodeKind.Model or NodeKind.Snapshot or NodeKind.Test;

    private static async Task<bool> HasNewsAsync(IngestNode load, RunContext context, CancellationToken cancel)
    {
        try
        {
            return !(await load.CheckAsync(context, cancel)).IsFresh;
        }
        catch (Exception error) when (error is TransientException or UserErrorException)
        {
            return true;
        }
    }
}
