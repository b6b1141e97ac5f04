using Npgsql;
using NpgsqlTypes;
using Tributary.Core.Graph;
using Tributary.Core.Jobs;
using Tributary.Core.Postgres;
using Tributary.Core.Projects;
using Tributary.Core.Runs.Queue;
using Tributary.Core.Text;

namespace Tributary.Core.Runs.Alerts;

/// <summary>
/// Looks at what is wrong, and tells of it when it begins, when it ends, and again after a while: once each, whoever looks and however
/// often. What was told stands in the warehouse.
/// </summary>
public sealed class AlertWatch(Database database, TimeProvider clock)
{
    /// <summary>One look. How many alerts were taken; throws <see cref="TransientException"/> when one was not.</summary>
    public async Task<int> LookAsync(Project project, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(project);
        if (project.File.Alerts is not { } config) return 0;
        await using var connection = await database.OpenAsync(cancel);
        if (!await TakeAsync(connection, project.Key, cancel)) return 0;
        try
        {
            var wrong = await FindAsync(connection, project, config, cancel);
            await RecordAsync(connection, project.Key, wrong, cancel);
            return await TellAsync(connection, project.Key, config, cancel);
        }
        finally
        {
            await ExecuteAsync(connection, "select pg_advisory_unlock(hashtextextended('tributary alerts ' || $1 || '/' || $2, 0))", project.Key, CancellationToken.None);
        }
    }

    private static async Task<bool> TakeAsync(NpgsqlConnection connection, ProjectKey key, CancellationToken cancel)
    {
        await using var command = Command(connection, "select pg_try_advisory_lock(hashtextextended('tributary alerts ' || $1 || '/' || $2, 0))", key);
        return await command.ExecuteScalarAsync(cancel) is true;
    }

    private async Task<Dictionary<string, string>> FindAsync(NpgsqlConnection connection, Project project, AlertsConfig config, CancellationToken cancel)
    {
        var wrong = new Dictionary<string, string>(StringComparer.Ordinal);
        var now = clock.GetUtcNow();
        foreach (var job in (await JobState.ReadAsync(database, project, now, cancel)).Where(job => job.State == "failed"))
            wrong[$"job {job.Job}"] = $"job {job.Job} failed";
        if (config.Absent is not { Count: > 0 } rules) return wrong;
        var last = await LastAsync(connection, project.Key, cancel);
        foreach (var stream in project.Streams.Select(stream => stream.Key))
        {
            foreach (var rule in rules.Where(rule => stream == rule.Stream || stream.StartsWith(rule.Stream + ".", StringComparison.Ordinal)))
            {
                if (rule.IsBroken(last.TryGetValue(stream, out var at) ? at : null, now))
                    wrong[$"stream {stream}"] = rule.After is { } limit ? $"nothing came of {stream} for {limit}" : $"nothing came of {stream} by {rule.By} {rule.Zone}";
            }
        }
        return wrong;
    }

    private static async Task<Dictionary<string, DateTimeOffset>> LastAsync(NpgsqlConnection connection, ProjectKey key, CancellationToken cancel)
    {
        await using var command = Command(connection, "select stream, updated_at from tributary.checkpoint where project = $1 and target = $2", key);
        await using var rows = await command.ExecuteReaderAsync(cancel);
        var last = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);
        while (await rows.ReadAsync(cancel)) last[rows.GetString(0)] = new DateTimeOffset(rows.GetDateTime(1), TimeSpan.Zero);
        return last;
    }

    private async Task RecordAsync(NpgsqlConnection connection, ProjectKey key, Dictionary<string, string> wrong, CancellationToken cancel)
    {
        await using var command = Command(connection, Sql.Read("Runs/Alerts/record_alerts.sql"), key);
        command.Parameters.Add(new() { Value = wrong.Keys.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        command.Parameters.Add(new() { Value = wrong.Values.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        command.Parameters.Add(new() { Value = clock.GetUtcNow().UtcDateTime });
        await command.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>One after the other; each is marked when it was taken, so that a process that is killed tells again rather than never.</summary>
    private async Task<int> TellAsync(NpgsqlConnection connection, ProjectKey key, AlertsConfig config, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var due = new List<Alert>();
        await using (var command = Command(connection, Sql.Read("Runs/Alerts/due_alerts.sql"), key))
        {
            command.Parameters.Add(new() { Value = (now - config.Remind).UtcDateTime });
            await using var rows = await command.ExecuteReaderAsync(cancel);
            while (await rows.ReadAsync(cancel)) due.Add(new Alert(key.Project, key.Target, rows.GetString(0), rows.GetString(1), rows.GetString(2), rows.GetDateTime(3)));
        }
        if (due.Count == 0) return 0;
        using var sender = new AlertSender(config);
        foreach (var alert in due)
        {
            await sender.SendAsync(alert, cancel);
            await using var told = Command(connection, "update tributary.alert set told_at = $4 where project = $1 and target = $2 and subject = $3 and state = $5", key);
            told.Parameters.Add(new() { Value = alert.Subject });
            told.Parameters.Add(new() { Value = now.UtcDateTime });
            told.Parameters.Add(new() { Value = alert.State });
            await told.ExecuteNonQueryAsync(cancel);
        }
        return due.Count;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, ProjectKey key, CancellationToken cancel)
    {
        await using var command = Command(connection, sql, key);
        await command.ExecuteNonQueryAsync(cancel);
    }

    private static NpgsqlCommand Command(NpgsqlConnection connection, string sql, ProjectKey key)
    {
        var command = new NpgsqlCommand(sql, connection);
        command.Parameters.Add(new() { Value = key.Project });
        command.Parameters.Add(new() { Value = key.Target });
        return command;
    }
}
