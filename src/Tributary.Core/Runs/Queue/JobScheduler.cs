using Npgsql;
using NpgsqlTypes;
using Tributary.Core.Jobs;
using Tributary.Core.Postgres;
using Tributary.Core.Projects;
using Tributary.Core.Text;

namespace Tributary.Core.Runs.Queue;

/// <summary>
/// Makes runs of what is due. How far a schedule was looked at stands in the warehouse beside the runs and moves in their transaction, so any number
/// of schedulers may look at the clock.
/// </summary>
public sealed class JobScheduler(JobQueue queue, Database database, TimeProvider clock, EnvironmentVariables environment)
{
    /// <summary>Instants of one look at one schedule; of those before nothing is recorded.</summary>
    private const int MostInstants = 10_000;

    private readonly Dictionary<(string Job, string Schedule), DateTimeOffset> next = [];

    /// <summary>One look at the clock, at jobs that others wait for, and at runs that take too long. How many runs it made.</summary>
    public async Task<int> LookAsync(Project project, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(project);
        var now = clock.GetUtcNow();
        var made = 0;
        foreach (var job in project.Jobs.Values)
        {
            foreach (var schedule in (job.Schedules ?? []).Where(schedule => schedule.IsTimed))
            {
                if (next.TryGetValue((job.Name, schedule.ToString()), out var due) && due > now) continue;
                made += await LookAsync(project, job, schedule, now, cancel);
                next[(job.Name, schedule.ToString())] = schedule.Next(now) ?? DateTimeOffset.MaxValue;
            }
        }
        made += await FollowAsync(project, cancel);
        await queue.EndOverdueAsync(cancel);
        return made;
    }

    /// <summary>Somebody called a hook of <c>serve</c>. How many jobs became due.</summary>
    public async Task<int> CalledAsync(Project project, string hook, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(project);
        var jobs = project.Jobs.Values.Where(job => job.Schedules?.Any(schedule => schedule.Hook == hook) == true).ToList();
        await using var connection = await database.OpenAsync(cancel);
        foreach (var job in jobs) await MakeAsync(connection, project, new JobRequest(job, $"hook {hook}", clock.GetUtcNow()), cancel);
        if (jobs.Count > 0) await queue.NotifyAsync(connection, cancel);
        return jobs.Count;
    }

    private async Task<int> LookAsync(Project project, Job job, Schedule schedule, DateTimeOffset now, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await using var command = new NpgsqlCommand(Sql.Read("Runs/Queue/see_schedule.sql"), connection);
        foreach (var value in new object[] { project.Key.Project, project.Key.Target, job.Name, schedule.ToString(), now.UtcDateTime }) command.Parameters.Add(new() { Value = value });
        var seen = new DateTimeOffset((DateTime)(await command.ExecuteScalarAsync(cancel))!, TimeSpan.Zero); // the row is there or is made
        var due = schedule.Due(seen, now).TakeLast(MostInstants).ToList();
        foreach (var request in Requests(job, schedule, due, now)) await MakeAsync(connection, project, request, cancel);
        await transaction.CommitAsync(cancel);
        if (due.Count > 0) await queue.NotifyAsync(connection, cancel);
        return due.Count;
    }

    /// <summary>One for each instant: those in time run, of those that were missed what the schedule says.</summary>
    internal static IEnumerable<JobRequest> Requests(Job job, Schedule schedule, IReadOnlyList<DateTimeOffset> due, DateTimeOffset now)
    {
        foreach (var instant in due)
        {
            var request = new JobRequest(job, $"schedule {schedule}", instant);
            var isLast = instant == due[^1];
            yield return now - instant <= schedule.Grace || schedule.Missed == MissedRuns.All || (isLast && schedule.Missed == MissedRuns.Last) ? request
                : request with { State = "skipped", Because = schedule.Missed == MissedRuns.None ? "missed: nobody looked in time" : "missed: only the last of several runs" };
        }
    }

    private async Task<int> FollowAsync(Project project, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var ended = new List<(string Job, long Run, DateTimeOffset At)>();
        await using (var command = new NpgsqlCommand(Sql.Read("Runs/Queue/take_followed.sql"), connection))
        {
            command.Parameters.Add(new() { Value = project.Key.Project });
            command.Parameters.Add(new() { Value = project.Key.Target });
            command.Parameters.Add(new() { Value = project.Jobs.Keys.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
            await using var rows = await command.ExecuteReaderAsync(cancel);
            while (await rows.ReadAsync(cancel)) ended.Add((rows.GetString(0), rows.GetInt64(1), rows.GetDateTime(2)));
        }
        var made = 0;
        foreach (var (before, run, at) in ended)
        {
            foreach (var job in project.Jobs.Values.Where(job => job.Schedules?.Any(schedule => schedule.After == before) == true))
            {
                await MakeAsync(connection, project, new JobRequest(job, $"after {before} (job run {run})", at), cancel);
                made++;
            }
        }
        await transaction.CommitAsync(cancel);
        if (made > 0) await queue.NotifyAsync(connection, cancel);
        return made;
    }

    /// <summary>On the caller's transaction: a run, or the record of why there is none.</summary>
    private async Task MakeAsync(NpgsqlConnection connection, Project project, JobRequest request, CancellationToken cancel)
    {
        var job = request.Job;
        if (request.State == "queued")
        {
            if (await SwitchState.OffAsync(job, project, database, environment, cancel) is { } off) request = request with { State = "disabled", Because = off };
            else if (job.Overlap != Overlap.Queue && await OpenRunsAsync(connection, project, job, cancel) is { Count: > 0 } open)
            {
                if (job.Overlap == Overlap.Skip) request = request with { State = "skipped", Because = $"job run {open[0]} is still on" };
                else foreach (var run in open) await JobQueue.CancelAsync(connection, run, "cancelled", "the next instant was due", cancel);
            }
        }
        await using var command = queue.EnqueueCommand(connection, request);
        await command.ExecuteScalarAsync(cancel);
    }

    private static async Task<List<long>> OpenRunsAsync(NpgsqlConnection connection, Project project, Job job, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand("select job_run_id from tributary.job_run where project = $1 and target = $2 and job = $3 and state in ('queued', 'running') order by job_run_id", connection);
        foreach (var value in new[] { project.Key.Project, project.Key.Target, job.Name }) command.Parameters.Add(new() { Value = value });
        await using var rows = await command.ExecuteReaderAsync(cancel);
        var open = new List<long>();
        while (await rows.ReadAsync(cancel)) open.Add(rows.GetInt64(0));
        return open;
    }
}
