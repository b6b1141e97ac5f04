using Npgsql;
using Tributary.Core.Graph;
using Tributary.Core.Postgres;

namespace Tributary.Core.Ingest;

/// <summary>The step that brings one stream up to date.</summary>
public sealed class IngestNode : Node
{
    private readonly SourceStream stream;

    private IngestNode(SourceStream stream) => this.stream = stream;

    /// <summary>The load of a stream: <c>load.&lt;project&gt;.&lt;source&gt;.&lt;stream&gt;</c>.</summary>
    public static IngestNode Of(SourceStream stream, string project)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return new IngestNode(stream)
        {
            Id = $"load.{project}.{stream.Key}",
            Name = stream.Key,
            Kind = NodeKind.Load,
            DependsOn = [.. stream.Source.After(stream).Select(key => $"load.{project}.{key}")],
            At = stream.Source.At,
            Fqn = [project, stream.Source.Name, stream.Name],
        };
    }

    /// <summary>What is loaded.</summary>
    public SourceStream Stream => stream;

    /// <summary>A load is never fresh by memory alone: the source is asked every time.</summary>
    public override async Task<Freshness> CheckAsync(RunContext context, CancellationToken cancel)
    {
        var success = context.Successes.Find(Id);
        if (success is null) return Freshness.Stale("it was never loaded");
        if (success.Fingerprint != FingerprintAt(context.Successes.LoadOf(stream.Key)))
            return Freshness.Stale("its settings changed or its last load did not end");
        if (!success.IsOurs) return Freshness.Stale($"{stream.Raw} is no longer the table that was loaded");
        await using var connection = await context.Database.OpenAsync(cancel);
        string? news;
        try
        {
            news = await stream.Source.LookAsync(ScopeOf(connection, context), cancel);
        }
        catch (Exception error) when (LoadFailure.Explain(error, stream) is { } explained)
        {
            throw explained;
        }
        if (news is not null) return Freshness.Stale(news);
        await StreamState.AskedAsync(connection, context, stream, cancel);
        return Freshness.Fresh("the source has nothing new");
    }

    public override Task<Outcome> RunAsync(RunContext context, CancellationToken cancel) => LockedAsync(context, async (scope, table) =>
    {
        await stream.Source.LoadAsync(scope, cancel);
        await RecordAsync(scope.Connection, context, table, cancel);
        await StreamState.AskedAsync(scope.Connection, context, stream, cancel);
    }, cancel);

    /// <summary>
    /// Brings the stream of a live source up to date, says so, and stays: each change is committed as it comes. No other load of the stream runs meanwhile.
    /// </summary>
    public Task<Outcome> FollowAsync(RunContext context, Action<Outcome> isUpToDate, CancellationToken cancel) => LockedAsync(context, async (scope, table) =>
    {
        await stream.Source.LoadAsync(scope, cancel);
        await RecordAsync(scope.Connection, context, table, cancel);
        await StreamState.AskedAsync(scope.Connection, context, stream, cancel);
        isUpToDate(new Outcome.Succeeded(scope.Tally.Total, scope.Tally.Note));
        await stream.Source.FollowAsync(scope, cancel);
    }, cancel);

    private async Task<Outcome> LockedAsync(RunContext context, Func<LoadScope, RawTable, Task> work, CancellationToken cancel)
    {
        try
        {
            return await WorkAsync(context, work, cancel);
        }
        catch (Exception error) when (!cancel.IsCancellationRequested)
        {
            await StreamState.FailedAsync(context, stream, error, cancel);
            throw;
        }
    }

    private async Task<Outcome> WorkAsync(RunContext context, Func<LoadScope, RawTable, Task> work, CancellationToken cancel)
    {
        var table = RawTable.Of(stream);
        await Schemas.EnsureAsync(context.Database, stream.Raw.Schema, cancel);
        await using var connection = await context.Database.OpenAsync(cancel);
        await StreamLock.TakeAsync(connection, context, Id, table, cancel);
        try
        {
            var scope = ScopeOf(connection, context);
            await work(scope, table);
            return new Outcome.Succeeded(scope.Tally.Total, scope.Tally.Note);
        }
        catch (Exception error) when (LoadFailure.Explain(error, stream) is { } explained)
        {
            throw explained;
        }
        finally
        {
            if (connection.State == System.Data.ConnectionState.Open) await StreamLock.ReleaseAsync(connection);
        }
    }

    private LoadScope ScopeOf(NpgsqlConnection connection, RunContext context) =>
        new(connection, context, stream, new LoadTally(context, stream, Id));

    private async Task RecordAsync(NpgsqlConnection connection, RunContext context, RawTable table, CancellationToken cancel)
    {
        var fingerprint = FingerprintAt(context.Successes.LoadOf(stream.Key));
        var success = new Success(Id, fingerprint, await table.FindAsync(connection, cancel));
        if (context.Successes.Find(Id) is { IsOurs: true, IsStale: false } last && last.Fingerprint == fingerprint) return;
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var record = await success.WriteAsync(connection, context, cancel);
        await transaction.CommitAsync(cancel);
        context.Successes.Committed(record);
    }

    private string FingerprintAt(long load)
    {
        var columns = stream.Source.Load.Raw.Columns;
        using var fingerprint = new Fingerprint();
        return fingerprint.Add("table", stream.Raw.Sql).Add("columns", columns.ToString()).Add("label", stream.Label)
            .Add("disposition", stream.Disposition.ToString()).Add("history", stream.History.ToString())
            .Add("load", load).Finish();
    }
}
