using System.CommandLine;
using Tributary.Core.Graph.Selecting;
using Tributary.Core.Projects;
using Tributary.Core.Text;

namespace Tributary.Cli.Commands;

/// <summary><c>ls</c>: the nodes that a selection chooses, one line each, in the order of their ids as dbt lists them.</summary>
internal static class LsCommand
{
    private static readonly string[] Types =
        ["model", "snapshot", "seed", "test", "source", "exposure", "metric", "saved_query", "semantic_model", "unit_test", "load", "export"];

    private static readonly Option<string> Output = new("--output") { Description = "What to print: selector, name, path, json.", HelpName = "FORM", DefaultValueFactory = _ => "selector" };

    private static readonly Option<string[]> OutputKeys = new("--output-keys") { Description = "With --output json: which keys.", HelpName = "KEY", AllowMultipleArgumentsPerToken = true };

    public static Command Create()
    {
        var arguments = new RunArguments();
        var command = arguments.AddTo(new Command("ls", "List the nodes that a selection chooses."));
        command.Aliases.Add("list");
        command.Add(Output);
        command.Add(OutputKeys);
        return command.WithAction((invocation, cancel) => RunAsync(invocation, arguments, cancel));
    }

    private static async Task<int> RunAsync(Invocation invocation, RunArguments arguments, CancellationToken cancel)
    {
        var project = await RunVerb.LoadAsync(invocation, arguments.Vars(invocation), cancel);
        var chosen = project.Choose(arguments.Selection.Request(invocation, arguments.Selection.AsksForModels(invocation) ? ["model"] : Types));
        if (chosen.Count == 0) invocation.Warn("No nodes selected!");
        var ids = chosen.ToArray();
        Array.Sort(ids, StringComparer.Ordinal);
        if (invocation.AsJson) invocation.WriteJson(ids.Select(id => Brief(project, id)));
        else foreach (var id in ids) invocation.WriteLine(Line(project, id, invocation));
        return 0;
    }

    private static string Line(Project project, string id, Invocation invocation)
    {
        var item = project.Selection[id];
        return invocation.Get(Output) switch
        {
            "name" => item.SearchName,
            "path" => item.File,
            "json" => project.Models?.Describe(id, invocation.Get(OutputKeys) ?? []) ?? "{}",
            "selector" => item.Selector,
            var other => throw new UserErrorException(ErrorCodes.UnknownName, null, $"--output '{other}' is not known.", "Known: selector, name, path, json."),
        };
    }

    private static object Brief(Project project, string id)
    {
        Selectable item = project.Selection[id];
        var line = project.Graph.Contains(id) ? project.Graph[id].At.Line : 0;
        return new { item.Id, item.Name, Kind = item.ResourceType, item.Fqn, item.Tags, File = item.ShownFile, Line = line, item.DependsOn };
    }
}
