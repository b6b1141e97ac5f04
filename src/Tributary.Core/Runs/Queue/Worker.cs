using Npgsql;
using Tributary.Core.Text;

namespace Tributary.Core.Runs.Queue;

/// <summary>How a worker works.</summary>
public sealed record WorkerOptions(string Holder, TimeSpan Lease, int Slots)
{
    /// <summary>How long it waits at most before it looks again without being called.</summary>
    public TimeSpan Poll { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long steps may go on after a stop before they are handed back.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Names of runs to stay with; null: all.</summary>
    public IReadOnlyList<string>? Exclusive { get; init; }
}

/// <summary>
/// Takes steps from the queue and holds their leases while it works on them. Asked to stop, it takes nothing new, lets steps end that are about to, and
/// hands the others back. Killed, it leaves them to whoever sees their leases run out.
/// </summary>
public sealed class Worker(JobQueue queue, WorkerOptions options, TimeProvider clock, Func<Claim, CancellationToken, Task<StepEnd>> work)
{
    /// <summary>Names of the jobs that this process knows; asked before each claim.</summary>
    public required Func<IReadOnlyList<string>> Jobs { get; init; }

    /// <summary>Told what goes wrong outside steps, such as a warehouse that is away; it is tried again.</summary>
    public Action<string> Trouble { get; init; } = static _ => { };

    /// <summary>Asked between steps: true ends the worker.</summary>
    public Func<CancellationToken, Task<bool>> IsDone { get; init; } = static _ => Task.FromResult(false);

    /// <summary>Ends when it is done or asked to stop, and all that it held has ended or was handed back.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        var held = new HashSet<Task>();
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await using var ears = await queue.ListenAsync(stop);
                await TakeAsync(ears, held, stop);
                break;
            }
            catch (Exception away) when (away is TransientException or NpgsqlException && !stop.IsCancellationRequested)
            {
                Trouble(away is TransientException ? away.Message : "The queue cannot be reached; trying again.");
                await Task.Delay(options.Poll, clock, stop).ContinueWith(_ => { }, TaskScheduler.Default);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                break;
            }
        }
        await Task.WhenAll(held);
    }

    private async Task TakeAsync(NpgsqlConnection ears, HashSet<Task> held, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            held.RemoveWhere(task => task.IsCompleted);
            if (await IsDone(stop)) return;
            if (held.Count < options.Slots && await queue.ClaimAsync(options.Holder, options.Lease, Jobs(), options.Exclusive, stop) is { } claim)
            {
                held.Add(Task.Run(() => HoldAsync(claim, stop), CancellationToken.None));
                continue;
            }
            await ears.WaitAsync(options.Poll, stop);
        }
    }

    private async Task HoldAsync(Claim claim, CancellationToken stop)
    {
        using var lost = new CancellationTokenSource();
        using var stopping = stop.Register(() => lost.CancelAfter(options.Grace));
        using var done = new CancellationTokenSource();
        var lease = RenewAsync(claim, lost, done.Token);
        StepEnd end;
        try
        {
            end = await work(claim, lost.Token);
        }
        catch (Exception) when (lost.IsCancellationRequested)
        {
            end = new StepEnd.HandedBack();
        }
        catch (Exception defect) when (defect is not OutOfMemoryException)
        {
            end = new StepEnd.Failed($"{ErrorCodes.Defect}: {defect.GetType().Name}");
        }
        await EndAsync(claim, end);
        await done.CancelAsync();
        await lease;
    }

    /// <summary>A lost lease cancels the work; so does a warehouse that is away for as long as the lease lasts.</summary>
    private async Task RenewAsync(Claim claim, CancellationTokenSource lost, CancellationToken done)
    {
        var renewed = clock.GetTimestamp();
        while (!done.IsCancellationRequested)
        {
            await Task.Delay(options.Lease / 3, clock, done).ContinueWith(_ => { }, TaskScheduler.Default);
            if (done.IsCancellationRequested) return;
            try
            {
                if (!await queue.RenewAsync(claim, options.Lease, done)) break;
                renewed = clock.GetTimestamp();
            }
            catch (Exception away) when (away is TransientException or NpgsqlException or OperationCanceledException)
            {
                if (clock.GetElapsedTime(renewed) > options.Lease) break;
            }
        }
        if (!done.IsCancellationRequested) await lost.CancelAsync();
    }

    /// <summary>What cannot be written is left: somebody else takes the step when the lease has run out, and finds what was done.</summary>
    private async Task EndAsync(Claim claim, StepEnd end)
    {
        var began = clock.GetTimestamp();
        while (clock.GetElapsedTime(began) < options.Lease)
        {
            try
            {
                await queue.EndAsync(claim, end, CancellationToken.None);
                return;
            }
            catch (Exception away) when (away is TransientException or NpgsqlException)
            {
                Trouble($"The end of {claim.Job}, {claim.Name} cannot be written yet.");
                await Task.Delay(options.Poll, clock);
            }
        }
    }
}
