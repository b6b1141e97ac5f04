using Tributary.Cli.Output;
using Tributary.Core.Graph;
using Tributary.Core.Ingest;
using Tributary.Core.Projects;
using Tributary.Core.Runs;
using Tributary.Core.Runs.Serving;
using Tributary.Core.Text;

namespace Tributary.Cli.Commands;

/// <summary>
/// The looks of one <c>serve</c>. The project is read anew for each, so that changed files count; only where a followed stream calls, it is the one of the last look, unless
/// forms came: a change is to be seen at once.
/// </summary>
internal sealed class ServeLooks(Invocation invocation, FollowedStreams followed) : IAsyncDisposable
{
    private const string OfFollower = "change";

    private static readonly IReadOnlySet<string> NoSources = new HashSet<string>();

    private readonly TaskCompletionSource isFirstOver = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private RunSession? session;
    private RunOutput? output;

    /// <summary>What a follower calls when it has committed something.</summary>
    public static Wake Change { get; } = new(OfFollower, NoSources);

    /// <summary>True when all went well. Whatever is wrong is said, and tried again later.</summary>
    public async Task<bool> LookAsync(Wake wake, CancellationToken cancel)
    {
        var isWell = await TryAsync(wake, cancel);
        followed.Begin();
        isFirstOver.TrySetResult();
        return isWell;
    }

    private async Task<bool> TryAsync(Wake wake, CancellationToken cancel)
    {
        try
        {
            var isWell = await LookOnceAsync(wake, wake.Cause == OfFollower, cancel);
            // A form that came with what was loaded now is a table at once, too.
            return isWell && session is { } open && await open.Project.HasNewFormsAsync(open.Context, cancel) ? await LookOnceAsync(new Wake("new forms", IsWhole: true), mayReuse: false, cancel) : isWell;
        }
        catch (UserErrorException wrong)
        {
            foreach (var error in wrong.Errors) invocation.Complain(error.ToString());
        }
        catch (TransientException unreachable)
        {
            invocation.Complain(unreachable.Message);
        }
        await CloseAsync();
        return false;
    }

    public ValueTask DisposeAsync() => new(CloseAsync());

    private async Task<bool> LookOnceAsync(Wake wake, bool mayReuse, CancellationToken cancel)
    {
        var run = await SessionAsync(mayReuse, cancel);
        var isWell = true;
        if (await NewsPlan.OfAsync(run, wake, followed, cancel) is { } plan)
        {
            if (wake.Cause == OfFollower && NewsPlan.FirstOf(run.Project.Graph, plan) is { } first)
            {
                await RunAsync(run, first, wake, cancel);
                run = await run.AgainAsync(cancel); // what failed is tried again, so that what hangs on it knows
            }
            isWell = await RunAsync(run, plan, wake, cancel);
        }
        followed.Looked(run.Context.Successes);
        return isWell;
    }

    private async Task<bool> RunAsync(RunSession run, Plan plan, Wake wake, CancellationToken cancel)
    {
        var request = new RunRequest("serve", new Dictionary<string, string> { ["cause"] = wake.Cause }, RunVerb.ProgramVersion);
        var report = await run.RunAsync(plan, request, threads: null, cancel);
        if (!report.Interrupted) ReportText.Print(invocation, report);
        return report.ExitStatus == 0;
    }

    private async Task<RunSession> SessionAsync(bool mayReuse, CancellationToken cancel)
    {
        if (mayReuse && session is { } open && !await open.Project.HasNewFormsAsync(open.Context, cancel)) return await open.AgainAsync(cancel);
        await CloseAsync();
        var project = await RunVerb.LoadAsync(invocation, vars: null, cancel);
        output = new RunOutput(invocation.Errors, invocation.Clock);
        var eyes = new RunWatch(invocation.Clock, invocation.Log, output, output) { Print = invocation.Print, Say = invocation.Say };
        return session = await RunSession.OpenAsync(project, new RunOptions(), eyes, cancel);
    }

    private async Task CloseAsync()
    {
        if (session is not null) await session.DisposeAsync();
        output?.Dispose();
        (session, output) = (null, null);
    }

    /// <summary>From the end of the first look on, follows the live streams of a project until it is cancelled; <paramref name="watch"/> is called whenever one has committed something.</summary>
    public async Task FollowAsync(Project project, IReadOnlyList<IngestNode> loads, NewsWatch watch, TimeSpan poll, CancellationToken cancel)
    {
        if (loads.Count == 0) return;
        await isFirstOver.Task.WaitAsync(cancel);
        using var output = new RunOutput(invocation.Errors, invocation.Clock);
        var progress = new Committed(() => watch.Call(Change));
        await using var session = await RunSession.OpenAsync(project, new RunOptions(), new RunWatch(invocation.Clock, invocation.Log, output, progress), cancel);
        var plan = Plan.Of(project.Graph, loads.Select(load => load.Id).ToHashSet(), waitForTests: false);
        await session.FollowAsync(plan, new RunRequest("serve", new Dictionary<string, string> { ["cause"] = "follow" }, RunVerb.ProgramVersion), poll, cancel);
    }

    private sealed class Committed(Action tell) : IProgress<NodeProgress>
    {
        public void Report(NodeProgress value) => tell();
    }
}
