using Tributary.Core.Graph;
using Tributary.Core.Jobs;
using Tributary.Core.Projects;

namespace Tributary.Core.Runs.Serving;

/// <summary>What jobs do, and <c>serve</c> so leaves alone: the streams that they sync, what is made from those, what they build.</summary>
public static class JobNodes
{
    public static HashSet<string> Of(Project project)
    {
        ArgumentNullException.ThrowIfNull(project);
        var left = new HashSet<string>(StringComparer.Ordinal);
        var steps = project.Jobs.Values.SelectMany(job => job.Steps).ToList();
        foreach (var step in steps.Where(step => step.Sync is not null))
        {
            foreach (var load in project.Graph.Nodes.Where(node => node.Kind == NodeKind.Load && IsNamed(step.Sync!, node))) // it is there
            {
                left.Add(load.Id);
                left.UnionWith(project.Graph.Descendants(load.Id));
            }
        }
        if (steps.Any(step => step.Build?.Contains(JobStep.Everything) == true)) left.UnionWith(project.Graph.Nodes.Where(node => node.Kind != NodeKind.Load).Select(node => node.Id));
        return left;
    }

    private static bool IsNamed(IReadOnlyList<string> words, Node load) =>
        words.Contains(JobStep.Everything) || words.Any(word => load.Name == word || load.Name.StartsWith(word + ".", StringComparison.Ordinal));
}
