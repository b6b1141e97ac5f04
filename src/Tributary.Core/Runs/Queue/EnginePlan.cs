using Tributary.Core.Graph;
using Tributary.Core.Graph.Selecting;
using Tributary.Core.Jobs;
using Tributary.Core.Projects;
using Tributary.Core.Text;

namespace Tributary.Core.Runs.Queue;

/// <summary>What a step asks of the engine, as one plan: a failed stream blocks only what is made from it, exports included.</summary>
public static class EnginePlan
{
    private static readonly string[] Buildable = ["seed", "model", "snapshot", "test", "unit_test"];
    private static readonly string[] Testable = ["test", "unit_test"];

    public static Plan Of(Project project, JobStep step)
    {
        ArgumentNullException.ThrowIfNull(project);
        ArgumentNullException.ThrowIfNull(step);
        var chosen = new HashSet<string>(StringComparer.Ordinal);
        if (step.Sync is { } streams) chosen.UnionWith(Named(project, NodeKind.Load, streams));
        if (step.Build is { } models) chosen.UnionWith(Selected(project, step, models, Buildable));
        if (step.Test is { } tests) chosen.UnionWith(Selected(project, step, tests, Testable));
        if (step.Export is { } exports) chosen.UnionWith(Named(project, NodeKind.Export, exports));
        return Plan.Of(project.Graph, chosen, waitForTests: true);
    }

    private static IEnumerable<string> Named(Project project, NodeKind kind, IReadOnlyList<string> words) => project.Graph.Nodes
        .Where(node => node.Kind == kind && (words.Contains(JobStep.Everything) || words.Any(word => node.Name == word || (kind == NodeKind.Load && node.Name.StartsWith(word + ".", StringComparison.Ordinal)))))
        .Select(node => node.Id);

    private static IEnumerable<string> Selected(Project project, JobStep step, IReadOnlyList<string> words, string[] kinds)
    {
        var request = new SelectionRequest
        {
            Select = words.Contains(JobStep.Everything) ? null : words,
            ResourceTypes = kinds.ToHashSet(StringComparer.Ordinal),
            Warn = text => throw new UserErrorException(ErrorCodes.UnknownSelector, step.At, text, "Check it with `tributary ls --select`."),
        };
        return project.Choose(request).Where(id => project.Graph.Contains(id) && !project.Selection[id].IsEmpty);
    }
}
