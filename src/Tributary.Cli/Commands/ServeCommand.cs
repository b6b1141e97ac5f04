using System.CommandLine;
using Tributary.Core.Ingest;
using Tributary.Core.Projects;
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
        var command = new Command("serve", "Stay: run jobs when they are due; load what is new of sources without jobs; answer /health, /metrics and /hooks.") { listen };
        return command.WithAction(async (invocation, cancel) =>
        {
            await using var session = await RunVerb.OpenAsync(invocation, cancel);
            var config = Config(session.Project, invocation.Get(listen));
            var ofJobs = JobNodes.Of(session.Project);
            var live = session.Project.Graph.Nodes.OfType<IngestNode>().Where(load => load.Stream.Source.IsLive && !ofJobs.Contains(load.Id)).ToList();
            await using var looks = new ServeLooks(invocation, new FollowedStreams(live));
            var watch = new NewsWatch(invocation.Clock, config.Poll, looks.LookAsync);
            await using var process = await JobProcess.OpenAsync(invocation, cancel);
            var jobs = new JobWatch(process, invocation, config);
            await using var server = await WebServer.StartAsync(config, session.Context.Database, session.Context.Key, watch, jobs.CalledAsync, cancel);
            invocation.WriteLine($"Listening on {server.Address}; Ctrl-C ends it.");
            try
            {
                using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
                await Task.WhenAll(
                    OrStopAsync(watch.RunAsync(stop.Token), stop), OrStopAsync(looks.FollowAsync(session.Project, live, watch, config.Poll, stop.Token), stop), OrStopAsync(jobs.RunAsync(stop.Token), stop));
            }
            catch (OperationCanceledException) when (cancel.IsCancellationRequested)
            {
                invocation.WriteLine("Ended; what was committed stands, nothing is half done.");
            }
            return 0;
        });
    }

    /// <summary>When one of several cannot go on, none stays.</summary>
    private static async Task OrStopAsync(Task work, CancellationTokenSource stop)
    {
        try
        {
            await work;
        }
        catch
        {
            await stop.CancelAsync();
            throw;
        }
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
}
