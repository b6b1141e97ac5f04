using System.CommandLine;
using Tributary.Cli.Arguments;
using Tributary.Core.Graph;
using Tributary.Core.Models;
using Tributary.Core.Models.Docs;
using Tributary.Core.Projects;
using Tributary.Core.Runs;
using Tributary.Core.Text;

namespace Tributary.Cli.Commands;

/// <summary><c>docs generate</c> and <c>docs serve</c>: the project's documentation as pages that need no server.</summary>
internal static class DocsCommand
{
    public static Command Create() => new("docs", "The project's documentation as pages.") { CreateGenerate(), CreateServe() };

    private static Command CreateGenerate()
    {
        var arguments = new RunArguments();
        var noCompile = new Option<bool>("--no-compile") { Description = "Show no compiled SQL." };
        var emptyCatalog = new Option<bool>("--empty-catalog") { Description = "Do not ask the warehouse for columns and sizes." };
        var alsoStatic = new Option<bool>("--static") { Description = "Write static_index.html too: page and data in one file." };
        var command = arguments.AddTo(new Command("generate", "Write index.html, its data, catalog.json and manifest.json to target/."));
        command.Add(noCompile);
        command.Add(new Option<bool>("--compile") { Hidden = true });
        command.Add(emptyCatalog);
        command.Add(alsoStatic);
        return command.WithAction(async (invocation, cancel) =>
        {
            await using var session = await RunVerb.OpenAsync(invocation, arguments, cancel);
            var models = session.Project.Models ?? throw new UserErrorException(ErrorCodes.FileMissing, null, "The project has no dbt part.", "Add a dbt_project.yml.");
            var compiled = invocation.Get(noCompile)
                ? await WriteManifestAsync(session, models, invocation)
                : await CompileCommand.RunAsync(session, Chosen(session.Project, arguments, invocation, SelectedNodes.Compilable), arguments.Threads(invocation), invocation, cancel);
            HashSet<string>? limits = arguments.Selection.HasWords(invocation) ? [.. Chosen(session.Project, arguments, invocation, ["model", "seed", "snapshot", "source"])] : null;
            await models.WriteDocsAsync(new DocsRequest(limits, invocation.Get(emptyCatalog), invocation.Get(alsoStatic)), session.Context, compiled, cancel);
            invocation.WriteLine(Path.Combine(models.TargetFolder, "index.html"));
            return 0;
        });
    }

    private static IReadOnlyList<string> Chosen(Project project, RunArguments arguments, Invocation invocation, string[] types) =>
        [.. project.Choose(arguments.Selection.Request(invocation, types)).Where(id => project.Graph.Contains(id) || types.Contains("source"))];

    private static async Task<IReadOnlyList<NodeResult>> WriteManifestAsync(RunSession session, ModelProject models, Invocation invocation)
    {
        await models.BeginArtifacts(session.Context.RunId, invocation.Clock, invocation.Log).WriteManifestAsync();
        return [];
    }

    private static Command CreateServe()
    {
        var arguments = new RunArguments();
        var port = new Option<int>("--port") { Description = "Port; default: 8080.", DefaultValueFactory = _ => 8080 };
        var host = new Option<string>("--host") { Description = "Address to listen on; default: this machine alone.", DefaultValueFactory = _ => "127.0.0.1" };
        var command = arguments.AddTo(new Command("serve", "Serve the pages that docs generate wrote."));
        command.Add(port);
        command.Add(host);
        foreach (var name in new[] { "--browser", "--no-browser" }) command.Add(new Option<bool>(name) { Hidden = true });
        return command.WithAction(async (invocation, cancel) =>
        {
            var project = await RunVerb.LoadAsync(invocation, arguments.Vars(invocation), cancel);
            var folder = project.Models?.TargetFolder ?? "";
            if (!File.Exists(Path.Combine(folder, "index.html")))
                throw new UserErrorException(ErrorCodes.FileMissing, new SourcePosition("target/index.html"), "there is no documentation yet", "Write it with: tributary docs generate");
            using var server = DocsServer.Start(folder, invocation.Get(host)!, invocation.Get(port)); // the option has a default
            invocation.WriteLine($"Serving docs at {server.Address}; Ctrl-C ends it.");
            await server.RunAsync(cancel);
            return 0;
        });
    }
}
