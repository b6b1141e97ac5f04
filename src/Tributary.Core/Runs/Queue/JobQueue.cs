using Npgsql;
using NpgsqlTypes;
using Tributary.Core.Graph;
using Tributary.Core.Postgres;
using Tributary.Core.Text;

namespace Tributary.Core.Runs.Queue;

/// <summary>
/// The queue of one (project, target) in the warehouse. Whatever takes a step, ends it or makes a run due is one transaction, and no session
/// waits inside one: a process that stands still keeps nobody up. Time is the server's.
/// </summary>
public sealed class JobQueue(Database database, ProjectKey key)
{
    private const string Channel = "tributary_job";

    /// <summary>Sessions that stand still inside a transaction for so long are ended by the server.</summary>
    public const string SessionOption = "-c idle_in_transaction_session_timeout=10s";

    /// <summary>The run's number; null when the instant has its run already.</summary>
    public async Task<long?> EnqueueAsync(JobRequest request, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(request);
        await using var connection = await database.OpenAsync(cancel);
        await using var command = EnqueueCommand(connection, request);
        var run = await command.ExecuteScalarAsync(cancel) as long?;
        if (run is not null) await NotifyAsync(connection, cancel);
        return run;
    }

    internal NpgsqlCommand EnqueueCommand(NpgsqlConnection connection, JobRequest request)
    {
        var parts = request.State == "queued" ? JobParts.Of(request.Job) : [];
        var command = new NpgsqlCommand(Sql.Read("Runs/Queue/enqueue.sql"), connection);
        Text(command, key.Project, key.Target, request.Job.Name);
        command.Parameters.Add(new() { Value = (object?)request.Due?.UtcDateTime ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.TimestampTz });
        Text(command, request.Cause, request.Job.Exclusive);
        command.Parameters.Add(new() { Value = JsonValues.Write(request.Vars), NpgsqlDbType = NpgsqlDbType.Jsonb });
        Text(command, request.State, request.Because);
        command.Parameters.Add(new() { Value = (object?)request.Job.Timeout?.TotalSeconds ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Double });
        command.Parameters.Add(new() { Value = parts.Select(part => part.Title).ToArray() });
        command.Parameters.Add(new() { Value = parts.Select(part => part.IsExportAlone).ToArray() });
        command.Parameters.Add(new() { Value = parts.Select(part => part.Concurrency).ToArray() });
        return command;
    }

    /// <summary>
    /// Takes a step that is ready, or whose holder fell silent; null when there is none. <paramref name="exclusive"/>: stay with runs of these names.
    /// </summary>
    public async Task<Claim?> ClaimAsync(string holder, TimeSpan lease, IReadOnlyList<string> jobs, IReadOnlyList<string>? exclusive, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        // One message, so that a process that stops in the middle holds no lock; one claim at a time, so that no name runs twice at once.
        await using var batch = new NpgsqlBatch(connection);
        Add(batch, "select pg_advisory_xact_lock(hashtextextended('tributary claim ' || $1 || '/' || $2, 0))");
        Add(batch, Sql.Read("Runs/Queue/silence.sql"));
        Add(batch, Sql.Read("Runs/Queue/activate.sql"));
        var claim = Add(batch, Sql.Read("Runs/Queue/claim.sql"));
        claim.Parameters.Add(new() { Value = holder });
        claim.Parameters.Add(new() { Value = lease.TotalSeconds });
        claim.Parameters.Add(new() { Value = jobs.ToArray() });
        claim.Parameters.Add(new() { Value = (object?)exclusive?.ToArray() ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        await using var rows = await batch.ExecuteReaderAsync(cancel);
        for (var skipped = 0; skipped < 2; skipped++) await rows.NextResultAsync(cancel); // activating returns no rows
        return await rows.ReadAsync(cancel) ? Read(rows) : null;
    }

    /// <summary>False when the lease is lost.</summary>
    public async Task<bool> RenewAsync(Claim claim, TimeSpan lease, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(claim);
        await using var connection = await database.OpenAsync(cancel);
        await using var command = Of(connection, "renew.sql", claim);
        command.Parameters.Add(new() { Value = lease.TotalSeconds });
        return await command.ExecuteScalarAsync(cancel) is true;
    }

    /// <summary>Which run of the ledger works for the step, so that its sessions can be ended when the holder falls silent. False when the lease is lost.</summary>
    public async Task<bool> NameRunAsync(Claim claim, string runId, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(claim);
        await using var connection = await database.OpenAsync(cancel);
        await using var command = new NpgsqlCommand(
            "update tributary.job_step set run_id = $5 where job_run_id = $1 and step = $2 and item = $3 and fence = $4 and state = 'running'", connection);
        Add(command, claim);
        command.Parameters.Add(new() { Value = runId });
        return await command.ExecuteNonQueryAsync(cancel) == 1;
    }

    /// <summary>Ends a step and lets the next begin, in one transaction. False when the lease is lost: then nothing was changed.</summary>
    public async Task<bool> EndAsync(Claim claim, StepEnd end, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(claim);
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await RunAsync(connection, "select 1 from tributary.job_run where job_run_id = $1 for update", claim.JobRun, cancel);
        if (!await WriteEndAsync(connection, claim, end, cancel)) return false;
        await AdvanceAsync(connection, claim.JobRun, cancel);
        await transaction.CommitAsync(cancel);
        await NotifyAsync(connection, cancel);
        return true;
    }

    /// <summary>Ends a run before its end.</summary>
    public async Task CancelAsync(long jobRun, string state, string because, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        await CancelAsync(connection, jobRun, state, because, cancel);
        await NotifyAsync(connection, cancel);
    }

    internal static async Task CancelAsync(NpgsqlConnection connection, long jobRun, string state, string because, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(Sql.Read("Runs/Queue/cancel_run.sql"), connection);
        command.Parameters.Add(new() { Value = jobRun });
        Text(command, state, because);
        await command.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>Ends runs that take longer than they may.</summary>
    public async Task EndOverdueAsync(CancellationToken cancel)
    {
        var overdue = new List<long>();
        await using (var connection = await database.OpenAsync(cancel))
        {
            await using var command = new NpgsqlCommand(Sql.Read("Runs/Queue/overdue.sql"), connection);
            Text(command, key.Project, key.Target);
            await using var rows = await command.ExecuteReaderAsync(cancel);
            while (await rows.ReadAsync(cancel)) overdue.Add(rows.GetInt64(0));
        }
        foreach (var run in overdue) await CancelAsync(run, "failed", $"{ErrorCodes.StepTimedOut}: it took longer than its timeout", cancel);
    }

    /// <summary>How a run stands: its state and why.</summary>
    public async Task<(string State, string? Because)> StateAsync(long jobRun, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        await using var command = new NpgsqlCommand("select state, because from tributary.job_run where job_run_id = $1", connection);
        command.Parameters.Add(new() { Value = jobRun });
        await using var row = await command.ExecuteReaderAsync(cancel);
        return await row.ReadAsync(cancel) ? (row.GetString(0), row.IsDBNull(1) ? null : row.GetString(1)) : ("cancelled", "it is not there any more");
    }

    /// <summary>A session that hears when something is to be done; <see cref="NpgsqlConnection.WaitAsync(TimeSpan, CancellationToken)"/> waits for it.</summary>
    public async Task<NpgsqlConnection> ListenAsync(CancellationToken cancel)
    {
        var connection = await database.OpenAsync(cancel);
        await using var command = new NpgsqlCommand($"listen {Channel}", connection);
        await command.ExecuteNonQueryAsync(cancel);
        return connection;
    }

    internal async Task NotifyAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand("select pg_notify($1, $2)", connection);
        Text(command, Channel, key.ToString());
        await command.ExecuteNonQueryAsync(cancel);
    }

    private static async Task<bool> WriteEndAsync(NpgsqlConnection connection, Claim claim, StepEnd end, CancellationToken cancel)
    {
        if (end is StepEnd.Expanded { Items: { Count: > 0 } items })
        {
            await using var expand = new NpgsqlCommand(Sql.Read("Runs/Queue/expand.sql"), connection);
            expand.Parameters.Add(new() { Value = claim.JobRun });
            expand.Parameters.Add(new() { Value = claim.Step });
            expand.Parameters.Add(new() { Value = claim.Fence });
            expand.Parameters.Add(new() { Value = items.Select(item => item.Name).ToArray() });
            expand.Parameters.Add(new() { Value = items.Select(item => JsonValues.Write(item.Vars)).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Jsonb });
            return await expand.ExecuteScalarAsync(cancel) is not null;
        }
        var (state, because) = end switch
        {
            StepEnd.Failed { Again: not null } failed => ("ready", failed.Because),
            StepEnd.Failed failed => ("failed", failed.Because),
            StepEnd.Skipped skipped => ("skipped", skipped.Because),
            StepEnd.HandedBack => ("ready", null),
            StepEnd.Expanded => ("succeeded", "for_each has no values"),
            StepEnd.Succeeded succeeded => ("succeeded", succeeded.Note),
            _ => throw new ArgumentOutOfRangeException(nameof(end)),
        };
        await using var command = Of(connection, "end_step.sql", claim);
        Text(command, state, because);
        command.Parameters.Add(new() { Value = (object?)(end as StepEnd.Failed)?.Again?.TotalSeconds ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Double });
        return await command.ExecuteScalarAsync(cancel) is true;
    }

    private static async Task AdvanceAsync(NpgsqlConnection connection, long jobRun, CancellationToken cancel)
    {
        await RunAsync(connection, Sql.Read("Runs/Queue/end_items.sql"), jobRun, cancel);
        while (await RunAsync(connection, Sql.Read("Runs/Queue/next_step.sql"), jobRun, cancel) is "skipped")
        {
            // What stands behind a skipped step may still run.
        }
        await RunAsync(connection, Sql.Read("Runs/Queue/end_run.sql"), jobRun, cancel);
    }

    private static async Task<object?> RunAsync(NpgsqlConnection connection, string sql, long jobRun, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        command.Parameters.Add(new() { Value = jobRun });
        return await command.ExecuteScalarAsync(cancel);
    }

    private NpgsqlBatchCommand Add(NpgsqlBatch batch, string sql)
    {
        var command = new NpgsqlBatchCommand(sql);
        command.Parameters.Add(new() { Value = key.Project });
        command.Parameters.Add(new() { Value = key.Target });
        batch.BatchCommands.Add(command);
        return command;
    }

    private static NpgsqlCommand Of(NpgsqlConnection connection, string file, Claim claim)
    {
        var command = new NpgsqlCommand(Sql.Read($"Runs/Queue/{file}"), connection);
        Add(command, claim);
        return command;
    }

    private static void Add(NpgsqlCommand command, Claim claim)
    {
        command.Parameters.Add(new() { Value = claim.JobRun });
        command.Parameters.Add(new() { Value = claim.Step });
        command.Parameters.Add(new() { Value = claim.Item });
        command.Parameters.Add(new() { Value = claim.Fence });
    }

    private static void Text(NpgsqlCommand command, params string?[] values)
    {
        foreach (var value in values) command.Parameters.Add(new() { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
    }

    private static Claim Read(NpgsqlDataReader row) => new(
        row.GetInt64(0), row.GetInt32(1), row.GetInt32(2), row.GetString(3), JsonValues.ReadMap(row.GetString(4)), row.GetInt64(5), row.GetInt32(6), row.GetInt32(7),
        row.GetString(8), JsonValues.ReadMap(row.GetString(9)), row.IsDBNull(10) ? null : new DateTimeOffset(row.GetDateTime(10), TimeSpan.Zero));
}
