using System.CommandLine;
using Spectre.Console;
using Tributary.Cli.Arguments;
using Tributary.Core.Graph;
using Tributary.Core.Runs;

namespace Tributary.Cli.Commands;

/// <summary><c>plan</c>: what a sync, build and export would do now and why, as data; nothing is changed.</summary>
internal static class PlanCommand
{
    public static Command Create()
    {
        var arguments = new RunArguments();
        return arguments.AddTo(new Command("plan", "Print what would run now and why, without changing anything."), withAll: true)
            .WithAction((invocation, cancel) => RunAsync(invocation, arguments, cancel));
    }

    private static async Task<int> RunAsync(Invocation invocation, RunArguments arguments, CancellationToken cancel)
    {
        var project = await RunVerb.LoadAsync(invocation, arguments.Vars(invocation), cancel);
        var watch = new RunWatch(invocation.Clock, invocation.Log, new Progress<RunEvent>(), new Progress<NodeProgress>());
        await using var session = await RunSession.OpenAsync(project, arguments.Options(invocation, invocation.Get(arguments.All)), watch, cancel);
        var chosen = SelectedNodes.Of(project, arguments, invocation, SelectedNodes.Runnable);
        var steps = await Forecast.OfAsync(Plan.Of(project.Graph, chosen, waitForTests: true), session.Context, cancel);
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
