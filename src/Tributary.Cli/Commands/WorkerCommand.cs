using System.CommandLine;
using Tributary.Core.Projects;
using Tributary.Core.Runs.Queue;

namespace Tributary.Cli.Commands;

/// <summary><c>worker</c>: one more process, on this machine or another, that works on steps of jobs.</summary>
internal static class WorkerCommand
{
    public static Command Create()
    {
        var slots = new Option<int?>("--slots") { Description = "Steps at once; default: serve.slots.", HelpName = "N" };
        slots.Validators.Add(given =>
        {
            if (given.GetValueOrDefault<int?>() is < 1 or > 64) given.AddError("--slots takes a number from 1 to 64.");
        });
        var command = new Command("worker", "Stay and work on steps of jobs that are due, beside serve and other workers.") { slots };
        return command.WithAction(async (invocation, cancel) =>
        {
            await using var process = await JobProcess.OpenAsync(invocation, cancel);
            var config = process.Project.File.Serve ?? ServeConfig.Default;
            if (invocation.Get(slots) is { } count) config = config with { Slots = count };
            invocation.WriteLine($"Working as {process.Holder}; Ctrl-C ends it.");
            await Worker(process, invocation, config).RunAsync(cancel);
            invocation.WriteLine("Ended; steps that were not done were handed back.");
            return 0;
        });
    }

    public static Worker Worker(JobProcess process, Invocation invocation, ServeConfig config) =>
        new(process.Queue, new WorkerOptions(process.Holder, config.Lease, config.Slots), invocation.Clock, process.Work().RunAsync)
        {
            Jobs = () => [.. process.Project.Jobs.Keys],
            Trouble = invocation.Complain,
            IsDone = async stop =>
            {
                await process.RefreshAsync(stop);
                return false;
            },
        };
}
