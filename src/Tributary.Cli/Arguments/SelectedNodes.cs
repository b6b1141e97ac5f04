using Tributary.Cli.Commands;
using Tributary.Core.Projects;

namespace Tributary.Cli.Arguments;

/// <summary>The nodes that a command line chooses to be run.</summary>
internal static class SelectedNodes
{
    /// <summary>Everything that can be a step, in dbt's words.</summary>
    public static readonly string[] Runnable = ["load", "seed", "model", "snapshot", "test", "unit_test", "export"];

    /// <summary>What has SQL of its own that can be shown.</summary>
    public static readonly string[] Compilable = ["model", "snapshot", "test", "analysis"];

    /// <summary>Ids of steps of these kinds; a warning when there is nothing to do, as dbt has it.</summary>
    public static HashSet<string> Of(Project project, RunArguments arguments, Invocation invocation, IReadOnlyCollection<string> kinds)
    {
        var chosen = project.Choose(arguments.Selection.Request(invocation, kinds));
        chosen.RemoveWhere(id => !project.Graph.Contains(id) || project.Selection[id].IsEmpty);
        if (chosen.Count == 0) invocation.Warn("Nothing to do. Try checking your model configs and model specification args");
        return chosen;
    }
}
