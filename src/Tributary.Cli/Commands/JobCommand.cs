using System.CommandLine;
using Tributary.Core.Jobs;
using Tributary.Core.Runs.Queue;
using Tributary.Core.Text;
using Tributary.Core.Text.Yaml;

namespace Tributary.Cli.Commands;

/// <summary><c>job NAME [--var k=v]</c>: run a job now, to its end.</summary>
internal static class JobCommand
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    public static Command Create()
    {
        var name = new Argument<string>("NAME") { Description = "The job: its file's name in jobs/." };
        var vars = new Option<string[]>("--var") { Description = "A parameter of the job: year=2025; may stand several times.", HelpName = "NAME=VALUE", AllowMultipleArgumentsPerToken = false };
        var command = new Command("job", "Run a job now, and see it to its end.") { name, vars };
        return command.WithAction((invocation, cancel) => RunAsync(invocation, invocation.Get(name) ?? "", invocation.Get(vars) ?? [], cancel));
    }

    private static async Task<int> RunAsync(Invocation invocation, string name, string[] vars, CancellationToken cancel)
    {
        await using var process = await JobProcess.OpenAsync(invocation, cancel);
        var jobs = process.Project.Jobs;
        if (!jobs.TryGetValue(name, out var job)) throw new UserErrorException(ErrorCodes.UnknownName, null, $"There is no job '{name}'.", Nearest.Hint(name, [.. jobs.Keys]));
        var request = new JobRequest(job, $"by hand, {Environment.UserName}", Due: null) { Vars = Parameters(job, vars) };
        if (await process.DisabledAsync(job, cancel) is { } off)
        {
            await process.Queue.EnqueueAsync(request with { State = "disabled", Because = off }, cancel);
            invocation.WriteLine($"{name} is off: {off}. The run stands in the history as disabled.");
            return 0;
        }
        var run = await process.Queue.EnqueueAsync(request, cancel) ?? throw new InvalidOperationException("A run by hand always gets a number.");
        return await FinishAsync(invocation, process, job, run, cancel);
    }

    /// <summary>Works on the run, and on what stands before it in its line, beside whatever other workers do.</summary>
    private static async Task<int> FinishAsync(Invocation invocation, JobProcess process, Job job, long run, CancellationToken cancel)
    {
        var worker = new Worker(process.Queue, new WorkerOptions(process.Holder, Lease, Slots: 4) { Exclusive = [job.Exclusive], Grace = TimeSpan.Zero }, invocation.Clock, process.Work().RunAsync)
        {
            Jobs = () => [.. process.Project.Jobs.Keys],
            Trouble = invocation.Complain,
            IsDone = async stop => (await process.Queue.StateAsync(run, stop)).State is not ("queued" or "running"),
        };
        await worker.RunAsync(cancel);
        if (cancel.IsCancellationRequested)
        {
            await process.Queue.CancelAsync(run, "cancelled", "interrupted", CancellationToken.None);
            throw new OperationCanceledException(cancel);
        }
        var (state, because) = await process.Queue.StateAsync(run, cancel);
        if (invocation.AsJson) invocation.WriteJson(new { JobRun = run, Job = job.Name, State = state, Because = because });
        else invocation.WriteLine($"{job.Name} {state}{(because is null ? "" : $": {because}")} (job run {run}).");
        return state == "succeeded" ? 0 : 1;
    }

    private static Dictionary<string, object?> Parameters(Job job, string[] vars)
    {
        var known = job.Parameters ?? new Dictionary<string, object?>();
        var given = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var pair in vars)
        {
            var split = pair.IndexOf('=', StringComparison.Ordinal);
            if (split <= 0) throw new UserErrorException(ErrorCodes.InvalidValue, null, $"--var '{Excerpt.Of(pair)}' is not NAME=VALUE.", "Example: --var year=2025");
            var name = pair[..split];
            if (!known.ContainsKey(name)) throw new UserErrorException(ErrorCodes.UnknownName, job.At, $"The job '{job.Name}' has no parameter '{Excerpt.Of(name)}'.", Nearest.Hint(name, [.. known.Keys]));
            given[name] = YamlFile.Parse(pair[(split + 1)..], "--var").ToObject();
        }
        return given;
    }
}
