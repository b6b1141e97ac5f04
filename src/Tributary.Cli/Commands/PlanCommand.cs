using System.CommandLine;
using Spectre.Console;
using Tributary.Cli.Arguments;
using Tributary.Core.Graph;
using Tributary.Core.Projects;
using Tributary.Core.Runs;
using Tributary.Core.Runs.Queue;
using Tributary.Core.Text;

namespace Tributary.Cli.Commands;

/// <summary><c>plan</c>: what a sync, build and export would do now and why, as data; nothing is changed.</summary>
internal static class PlanCommand
{
    private static readonly Option<string?> Job = new("--job") { Description = "What a job's steps would do: sync, build, test and export.", HelpName = "NAME" };

    public static Command Create()
    {
        var arguments = new RunArguments();
        var command = arguments.AddTo(new Command("plan", "Print what would run now and why, without changing anything."), withAll: true);
        command.Add(Job);
        return command.WithAction((invocation, cancel) => RunAsync(invocation, arguments, cancel));
    }

    /// <summary>All that the job's steps ask of the engine, as one plan.</summary>
    private static Plan OfJob(Project project, string name)
    {
        if (!project.Jobs.TryGetValue(name, out var job)) throw new UserErrorException(ErrorCodes.UnknownName, null, $"There is no job '{name}'.", Nearest.Hint(name, [.. project.Jobs.Keys]));
        var steps = job.Steps.Where(step => step.IsEngine).ToList();
        return steps.Count == 0 ? new Plan([]) : EnginePlan.Of(project, steps.Aggregate((all, step) => all.With(step)));
    }

    private static async Task<int> RunAsync(Invocation invocation, RunArguments arguments, CancellationToken cancel)
    {
        var project = await RunVerb.LoadAsync(invocation, arguments.Vars(invocation), cancel);
        var watch = new RunWatch(invocation.Clock, invocation.Log, new Progress<RunEvent>(), new Progress<NodeProgress>());
        await using var session = await RunSession.OpenAsync(project, arguments.Options(invocation, invocation.Get(arguments.All)), watch, cancel);
        var plan = invocation.Get(Job) is { } job ? OfJob(project, job)
            : Plan.Of(project.Graph, SelectedNodes.Of(project, arguments, invocation, SelectedNodes.Runnable), waitForTests: true);
        var steps = await Forecast.OfAsync(plan, session.Context, cancel);
        if (invocation.AsJson)
        {
            invocation.WriteJson(steps.Select(step => new { Node = step.Node.Id, step.Node.Kind, step.WouldRun, step.Because }));
            return 0;
        }
        var table = new Table().Border(TableBorder.Simple).AddColumns("step", "kind", "would", "because");
        foreach (var step in steps)
            table.AddRow(new Text(step.Node.Name), new Text(step.Node.Kind.ToString().ToLowerInvariant()), new Text(step.WouldRun ? "run" : "skip"), new Text(step.Because));
        invocation.Results.Write(table);
        invocation.Results.WriteLine($"{steps.Count(step => step.WouldRun)} of {steps.Count} steps would run.");
        return 0;
    }
}
