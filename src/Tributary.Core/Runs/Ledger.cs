using System.Text.Json;
using System.Threading.Channels;
using Npgsql;
using NpgsqlTypes;
using Tributary.Core.Graph;
using Tributary.Core.Text;

namespace Tributary.Core.Runs;

/// <summary>
/// The record of one run and its steps. Steps are written behind the run's back in batches: what a step changed stands in
/// its own commit already, so a killed process loses only these lines.
/// </summary>
public sealed class Ledger : IAsyncDisposable
{
    private readonly RunContext context;

    // One session for the whole run: its application_name tells other runs that this one lives.
    private readonly NpgsqlConnection connection;
    private readonly Channel<StepReport> steps = Channel.CreateUnbounded<StepReport>(new() { SingleReader = true });
    private readonly Task writing;

    private Ledger(RunContext context, NpgsqlConnection connection)
    {
        this.context = context;
        this.connection = connection;
        writing = WriteStepsAsync();
    }

    /// <summary>Writes the run's first row, and marks runs whose process is gone as abandoned.</summary>
    public static async Task<Ledger> StartAsync(RunContext context, RunRequest request, CancellationToken cancel)
    {
        var connection = await context.Database.OpenAsync(cancel);
        await using var command = new NpgsqlCommand(Sql.Read("Runs/start_run.sql"), connection);
        object?[] values =
        [
            context.RunId, context.Key.Project, context.Key.Target, request.Verb, JsonSerializer.Serialize(request.Arguments),
            context.AsOf.UtcDateTime, context.Commit, request.ProgramVersion, Environment.MachineName, Environment.ProcessId,
            Environment.UserName, context.Clock.GetUtcNow().UtcDateTime,
        ];
        foreach (var value in values) command.Parameters.Add(new() { Value = value ?? DBNull.Value });
        command.Parameters[4].NpgsqlDbType = NpgsqlDbType.Jsonb;
        await command.ExecuteNonQueryAsync(cancel);
        return new Ledger(context, connection);
    }

    /// <summary>Never waits.</summary>
    public void Record(StepReport step) => steps.Writer.TryWrite(step);

    /// <summary>Writes what is left and closes the run; works after a cancellation too.</summary>
    public async Task FinishAsync(RunReport report)
    {
        steps.Writer.TryComplete();
        await writing;
        await using var command = new NpgsqlCommand("update tributary.run set status = $2, message = $3, finished_at = $4 where run_id = $1", connection);
        command.Parameters.Add(new() { Value = report.RunId });
        command.Parameters.Add(new() { Value = report.Interrupted ? "interrupted" : report.Failed.Any() ? "failed" : "succeeded" });
        command.Parameters.Add(new() { Value = (object?)report.Failed.Select(step => step.Node.Name).FirstOrDefault() ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        command.Parameters.Add(new() { Value = context.Clock.GetUtcNow().UtcDateTime });
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        steps.Writer.TryComplete();
        await writing;
        await connection.DisposeAsync();
    }

    private async Task WriteStepsAsync()
    {
        await Task.Yield();
        while (await steps.Reader.WaitToReadAsync())
        {
            var batch = new List<StepReport>();
            while (steps.Reader.TryRead(out var step)) batch.Add(step);
            await using var command = new NpgsqlCommand(Sql.Read("Runs/write_steps.sql"), connection);
            command.Parameters.Add(new() { Value = context.RunId });
            command.Parameters.Add(new() { Value = batch.Select(step => step.Node.Id).ToArray() });
            command.Parameters.Add(new() { Value = batch.Select(step => step.Node.Kind.ToString().ToLowerInvariant()).ToArray() });
            command.Parameters.Add(new() { Value = batch.Select(step => StepWords.Word(step.Outcome)).ToArray() });
            command.Parameters.Add(new() { Value = batch.Select(step => StepWords.Because(step.Outcome)).ToArray() });
            command.Parameters.Add(new() { Value = batch.Select(step => StepWords.CountsJson(step.Outcome)).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Jsonb });
            command.Parameters.Add(new() { Value = batch.Select(step => step.StartedAt.UtcDateTime).ToArray() });
            command.Parameters.Add(new() { Value = batch.Select(step => step.FinishedAt.UtcDateTime).ToArray() });
            await command.ExecuteNonQueryAsync();
        }
    }
}
