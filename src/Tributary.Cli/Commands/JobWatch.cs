using Npgsql;
using Tributary.Core.Projects;
using Tributary.Core.Runs.Alerts;
using Tributary.Core.Runs.Queue;
using Tributary.Core.Text;

namespace Tributary.Cli.Commands;

/// <summary>What <c>serve</c> does for jobs: looks at the clock once a second, and works on steps beside other workers.</summary>
internal sealed class JobWatch(JobProcess process, Invocation invocation, ServeConfig config)
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan AlertsEvery = TimeSpan.FromSeconds(30);

    private readonly AlertWatch alerts = new(process.Database, invocation.Clock);
    private readonly JobScheduler scheduler = new(process.Queue, process.Database, invocation.Clock, invocation.Environment);

    /// <summary>A hook was called: how many jobs became due by it.</summary>
    public Task<int> CalledAsync(string hook, CancellationToken cancel) => scheduler.CalledAsync(process.Project, hook, cancel);

    /// <summary>Until it is asked to stop; then steps end or are handed back.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        var worker = WorkerCommand.Worker(process, invocation, config).RunAsync(stop);
        var telling = TellAsync(stop);
        await ScheduleAsync(stop);
        await worker;
        await telling;
        stop.ThrowIfCancellationRequested();
    }

    /// <summary>Beside the schedules, which must not wait for a mail server.</summary>
    private async Task TellAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await alerts.LookAsync(process.Project, stop);
            }
            catch (Exception away) when (away is TransientException or NpgsqlException && !stop.IsCancellationRequested)
            {
                invocation.Complain(away is TransientException ? away.Message : "Alerts cannot be looked at; trying again.");
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            await Task.Delay(AlertsEvery, invocation.Clock, stop).ContinueWith(_ => { }, TaskScheduler.Default);
        }
    }

    private async Task ScheduleAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await process.RefreshAsync(stop);
                await scheduler.LookAsync(process.Project, stop);
            }
            catch (Exception away) when (away is TransientException or NpgsqlException && !stop.IsCancellationRequested)
            {
                invocation.Complain(away is TransientException ? away.Message : "The schedules cannot be looked at; trying again.");
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            await Task.Delay(Tick, invocation.Clock, stop).ContinueWith(_ => { }, TaskScheduler.Default);
        }
    }
}
