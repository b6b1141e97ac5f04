using System.CommandLine;
using Tributary.Cli.Output;
using Tributary.Core.Projects;
using Tributary.Core.Runs;
using Tributary.Core.Runs.Serving;
using Tributary.Core.Text;
using Tributary.Web;

namespace Tributary.Cli.Commands;

/// <summary><c>serve</c>: stays, brings streams up to date when there is news, and answers health, metrics and hooks.</summary>
internal static class ServeCommand
{
    public static Command Create()
    {
        var listen = new Option<string?>("--listen") { Description = "Address and port instead of serve.listen; port 0: any that is free.", HelpName = "ADDRESS:PORT" };
        var command = new Command("serve", "Stay: load what is new and build what follows, by polling and by hooks; answer /health, /metrics and /hooks.") { listen };
        return command.WithAction(async (invocation, cancel) =>
        {
            await using var session = await RunVerb.OpenAsync(invocation, cancel);
            var config = Config(session.Project, invocation.Get(listen));
            var watch = new NewsWatch(invocation.Clock, config.Poll, (wake, stop) => LookAsync(invocation, wake, stop));
            await using var server = await WebServer.StartAsync(config, session.Context.Database, session.Context.Key, watch, cancel);
            invocation.WriteLine($"Listening on {server.Address}; Ctrl-C ends it.");
            try
            {
                await watch.RunAsync(cancel);
            }
            catch (OperationCanceledException) when (cancel.IsCancellationRequested)
            {
                invocation.WriteLine("Ended; what was committed stands, nothing is half done.");
            }
            return 0;
        });
    }

    private static ServeConfig Config(Project project, string? listen)
    {
        if (!project.HasControl) throw new UserErrorException(ErrorCodes.NotSupported, null, "A plain dbt project has no sources to watch.", "Add a tributary.yml.");
        var config = project.File.Serve ?? ServeConfig.Default;
        if (listen is null) return config;
        return System.Net.IPEndPoint.TryParse(listen, out _)
            ? config with { Listen = listen }
            : throw new UserErrorException(ErrorCodes.InvalidValue, null, $"--listen '{listen}' is no address with a port.", "Write 127.0.0.1:8642.");
    }

    /// <summary>The project is read anew each time, so that changed files count. Whatever is wrong is said, and tried again later.</summary>
    private static async Task<bool> LookAsync(Invocation invocation, Wake wake, CancellationToken cancel)
    {
        try
        {
            using var output = new RunOutput(invocation.Errors, invocation.Clock);
            var project = await RunVerb.LoadAsync(invocation, vars: null, cancel);
            var eyes = new RunWatch(invocation.Clock, invocation.Log, output, output) { Print = invocation.Print, Say = invocation.Say };
            await using var session = await RunSession.OpenAsync(project, new RunOptions(), eyes, cancel);
            if (await NewsPlan.OfAsync(session, wake, cancel) is not { } plan) return true;
            var request = new RunRequest("serve", new Dictionary<string, string> { ["cause"] = wake.Cause }, RunVerb.ProgramVersion);
            var report = await session.RunAsync(plan, request, threads: null, cancel);
            if (!report.Interrupted) ReportText.Print(invocation, report);
            return report.ExitStatus == 0;
        }
        catch (UserErrorException wrong)
        {
            foreach (var error in wrong.Errors) invocation.Complain(error.ToString());
            return false;
        }
        catch (TransientException unreachable)
        {
            invocation.Complain(unreachable.Message);
            return false;
        }
    }
}
