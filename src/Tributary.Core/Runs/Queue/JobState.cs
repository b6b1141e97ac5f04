using Npgsql;
using Tributary.Core.Graph;
using Tributary.Core.Postgres;
using Tributary.Core.Projects;
using Tributary.Core.Text;

namespace Tributary.Core.Runs.Queue;

/// <summary>How a job stands: its newest run, and when the clock makes it due next. <paramref name="State"/> is null when it never ran.</summary>
public sealed record JobState(string Job, string? State, string Because, DateTime? At, string HeldBy, DateTimeOffset? Next)
{
    /// <summary>In one line, for people.</summary>
    public string Words => string.Join("; ", new[]
    {
        State is null ? "never ran" : Because.Length > 0 ? $"{State}: {Because}" : State,
        HeldBy,
        Next is { } next ? $"next {next.UtcDateTime:yyyy-MM-dd HH:mm:ss'Z'}" : "",
    }.Where(part => part.Length > 0));

    public static async Task<IReadOnlyList<JobState>> ReadAsync(Database database, Project project, DateTimeOffset now, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(database);
        ArgumentNullException.ThrowIfNull(project);
        var newest = await NewestAsync(database, project.Key, cancel);
        return [.. project.Jobs.Values.Select(job =>
        {
            var next = (job.Schedules ?? []).Where(schedule => schedule.IsTimed).Select(schedule => schedule.Next(now)).Min();
            var run = newest.GetValueOrDefault(job.Name);
            return run is null ? new JobState(job.Name, null, "", null, "", next) : run with { Next = next };
        })];
    }

    private static async Task<Dictionary<string, JobState>> NewestAsync(Database database, ProjectKey key, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        await using var command = new NpgsqlCommand(Sql.Read("Runs/Queue/newest_runs.sql"), connection);
        command.Parameters.Add(new() { Value = key.Project });
        command.Parameters.Add(new() { Value = key.Target });
        await using var rows = await command.ExecuteReaderAsync(cancel);
        var states = new Dictionary<string, JobState>(StringComparer.Ordinal);
        while (await rows.ReadAsync(cancel))
            states[rows.GetString(0)] = new JobState(rows.GetString(0), rows.GetString(1), rows.GetString(2), rows.GetDateTime(3), rows.GetString(4), null);
        return states;
    }
}
