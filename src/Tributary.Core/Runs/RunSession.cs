using Npgsql;
using Tributary.Core.Graph;
using Tributary.Core.Ingest;
using Tributary.Core.Postgres;
using Tributary.Core.Privacy;
using Tributary.Core.Projects;
using Tributary.Core.Runs.Upkeep;

namespace Tributary.Core.Runs;

/// <summary>A project with its warehouse open, checked and migrated: what every verb that touches the warehouse starts from.</summary>
public sealed class RunSession : IAsyncDisposable
{
    /// <summary>The verbs with which dbt runs the project's hooks.</summary>
    private static readonly HashSet<string> HookVerbs = new(StringComparer.Ordinal) { "run", "build", "test", "seed", "snapshot", "retry" };

    /// <summary>The verbs after which what stands beside the graph is seen to: grants, views made by hand.</summary>
    private static readonly HashSet<string> UpkeepVerbs = new(StringComparer.Ordinal) { "run", "build", "sync", "retry", "serve" };

    private readonly RunWatch watch;
    private IProgress<RunEvent>? events;
    private readonly bool failFast;

    private RunSession(Project project, RunContext context, RunWatch watch, bool failFast)
    {
        this.failFast = failFast;
        Project = project;
        Context = context;
        this.watch = watch;
    }

    public Project Project { get; }

    public RunContext Context { get; }

    /// <summary>
    /// Starts the private cluster when the project has no warehouse, checks version and privileges before anything runs, and
    /// brings the control schema up to date.
    /// </summary>
    public static async Task<RunSession> OpenAsync(Project project, RunOptions options, RunWatch watch, CancellationToken cancel)
    {
        var runId = watch.Early?.RunId ?? RunId.New(watch.Clock);
        var commit = project.HasControl ? project.ReadCommitAsync(cancel) : Task.FromResult<string?>(null);
        var (database, known) = await DatabaseAsync(project, watch.Early, runId, options.Lease, cancel);
        try
        {
            if (project.HasControl) await Warehouse.PrepareAsync(database, watch.Logger, cancel);
            else if (known is not null) Warehouse.Warn(watch.Logger, known);
            else if (!options.MayStayOffline) await Warehouse.CheckAsync(database, watch.Logger, cancel);
            var context = new RunContext
            {
                Database = database,
                Clock = watch.Clock,
                Logger = watch.Logger,
                RunId = runId,
                Key = project.Key,
                AsOf = options.AsOf ?? watch.Clock.GetUtcNow(),
                Commit = await commit,
                FullRefresh = options.FullRefresh,
                EventTimeStart = options.EventTimeStart,
                EventTimeEnd = options.EventTimeEnd,
                BatchesAgain = options.BatchesAgain,
                Backfill = options.Backfill,
                All = options.All || !project.HasControl,
                HasControl = project.HasControl,
                Progress = watch.Progress,
                Print = watch.Print,
                Say = watch.Say,
                Settings = project.HasControl ? await SettingsStore.ReadAsync(database, project.Key, project.Settings, cancel) : new Dictionary<string, object?>(),
                Successes = project.HasControl ? await ReadSuccessesAsync(database, project.Key, cancel) : SuccessRecords.None,
            };
            return new RunSession(project, context, watch, options.FailFast);
        }
        catch
        {
            await database.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// One more run over the same project and warehouse, as of now. The session that was opened first keeps the warehouse and is disposed last.
    /// </summary>
    public async Task<RunSession> AgainAsync(CancellationToken cancel) => new(
        Project,
        Context with
        {
            RunId = Runs.RunId.New(watch.Clock),
            AsOf = watch.Clock.GetUtcNow(),
            Scope = new RunScope(),
            Traces = new RunTraces(),
            Successes = await ReadSuccessesAsync(Context.Database, Project.Key, cancel),
        },
        watch,
        failFast);

    /// <summary>What the sessions of a run are called, for everyone who looks at the server.</summary>
    public static string SessionName(string runId) => $"tributary {runId}";

    private static async Task<OpenedWarehouse> DatabaseAsync(Project project, EarlyWarehouse? early, string runId, string? lease, CancellationToken cancel) =>
        (early is null ? null : await early.TakeAsync())
        ?? new OpenedWarehouse(Database.At(await AddressAsync(project, lease, cancel), SessionName(runId), zone: project.HasControl ? SessionZone.Utc : SessionZone.OfServer), Warnings: null);

    /// <summary>Runs a plan, under the ledger where the warehouse holds one.</summary>
    public async Task<RunReport> RunAsync(Plan plan, RunRequest request, int? threads, CancellationToken cancel)
    {
        if (request.Verb is "build" or "erase" && Context.HasControl) plan = await StreamWait.PutIntoAsync(plan, Project.Graph, Context, cancel);
        var artifacts = request.WritesArtifacts ? Project.Models?.BeginArtifacts(Context.RunId, Context.Clock, Context.Logger) : null;
        events = artifacts is null ? watch.Events : new JournalWatch(watch.Events, artifacts);
        var report = Context.HasControl ? await RunRecordedAsync(plan, request, threads, cancel) : await RunAsync(plan, request, ledger: null, threads, cancel);
        if (artifacts is not null) await artifacts.FinishAsync(report.Steps.Select(step => step.ToResult(Context)), report.Elapsed);
        return report;
    }

    /// <summary>Runs the project's hooks of a run's start, or of its end, around work that is no plan.</summary>
    public Task<RunReport> RunHooksAsync(bool atEnd, CancellationToken cancel)
    {
        var hooks = Project.Models is not { } models ? RunHooks.None
            : atEnd ? new RunHooks([], _ => models.HooksAtEnd([]))
            : new RunHooks(models.HooksAtStart(), _ => []);
        return new Runner(Context, ledger: null, watch.Events) { Hooks = hooks }.RunAsync(new Plan([]), threads: 1, cancel);
    }

    /// <summary>
    /// Brings the plan's streams up to date and stays with each of them until cancellation, which is how it ends well. Stands in the ledger as
    /// one run while it lasts. <paramref name="poll"/>: how often streams are asked whose source is not live.
    /// </summary>
    public async Task<RunReport> FollowAsync(Plan plan, RunRequest request, TimeSpan poll, CancellationToken cancel)
    {
        await using var ledger = await Ledger.StartAsync(Context, request, cancel);
        var started = Context.Clock.GetTimestamp();
        var watcher = watch.Events;
        watcher.Report(new RunEvent.Started(Context.RunId, plan, Context.AsOf));
        var steps = await Task.WhenAll(plan.Steps.Select(step => step.Node).OfType<IngestNode>().Select(load => Task.Run(() => new StreamFollower(Context, watcher, poll).RunAsync(load, cancel), CancellationToken.None)));
        foreach (var step in steps) ledger.Record(step);
        var report = new RunReport(Context.RunId, steps, Interrupted: false, Context.Clock.GetElapsedTime(started));
        watcher.Report(new RunEvent.Ended(report));
        await ledger.FinishAsync(report);
        return report;
    }

    private async Task<RunReport> RunRecordedAsync(Plan plan, RunRequest request, int? threads, CancellationToken cancel)
    {
        var metrics = Project.Metrics is { } catalog ? new MetricGate(Context, catalog) : null;
        if (metrics is not null) await metrics.CheckAsync(plan, cancel);
        await using var ledger = await Ledger.StartAsync(Context, request, cancel);
        var report = await RunAsync(plan, request, ledger, threads, cancel);
        if (metrics is not null) await metrics.RecordAsync(report);
        await ledger.FinishAsync(report);
        await AuditAsync(request, report);
        return report;
    }

    private async Task<RunReport> RunAsync(Plan plan, RunRequest request, Ledger? ledger, int? threads, CancellationToken cancel)
    {
        Context.Traces.Chosen = [.. plan.Steps.Select(step => step.Node.Id)];
        var workers = threads ?? Project.File.Threads;
        var hooks = RunHooks.None;
        var opening = Task.CompletedTask;
        try
        {
            if (Project.Models is { } models && plan.Steps.Count > 0)
            {
                opening = Context.Database.OpenAheadAsync(Math.Clamp(workers, 1, plan.Steps.Count) - 1, cancel);
                models.Prepare(Context, plan, cancel);
                if (HookVerbs.Contains(request.Verb)) hooks = new RunHooks(models.HooksAtStart(), models.HooksAtEnd);
            }
            if (Context.HasControl && UpkeepVerbs.Contains(request.Verb)) hooks = hooks with { End = WithUpkeep(hooks.End, request.Verb) };
            return await new Runner(Context, ledger, events ?? watch.Events) { Hooks = hooks, FailFast = failFast }.RunAsync(plan, workers, cancel);
        }
        finally
        {
            await opening;
        }
    }

    private Func<IReadOnlyList<NodeResult>, IReadOnlyList<Node>> WithUpkeep(Func<IReadOnlyList<NodeResult>, IReadOnlyList<Node>> end, string verb) => results =>
    {
        var nodes = new List<Node>(end(results));
        if (Project.File.RefreshViews is { Count: > 0 } schemas && verb != "sync")
            nodes.Add(HandMadeViews.Of(Project.File, schemas, results.Any(result => result.Node.Kind != NodeKind.Test && result.Outcome is Outcome.Succeeded)));
        if (Project.File.Access is { } access) nodes.Add(AccessUpkeep.Of(access, Project.File.Name));
        return nodes;
    };

    /// <summary>Every run stands in the book, and every export that left by name.</summary>
    private async Task AuditAsync(RunRequest request, RunReport report)
    {
        var exports = report.Steps.Where(step => step.Node.Kind == NodeKind.Export && step.Outcome is Outcome.Succeeded).Select(step => step.Node.Name);
        var detail = new Dictionary<string, string> { ["verb"] = request.Verb, ["exit_status"] = $"{report.ExitStatus}", ["exports"] = string.Join(", ", exports) };
        await using var connection = await Context.Database.OpenAsync(CancellationToken.None);
        await Audit.AppendAsync(connection, Context, new AuditEntry(Environment.UserName, "run.finished", detail), CancellationToken.None);
    }

    public ValueTask DisposeAsync() => Context.Database.DisposeAsync();

    /// <summary>The key of the digests (docs/decisions/006-privacy-key.md) and a step's lease (038) travel as startup options.</summary>
    private static async Task<NpgsqlConnectionStringBuilder> AddressAsync(Project project, string? lease, CancellationToken cancel)
    {
        var address = await Warehouse.AddressAsync(project.Folder, project.Target.Warehouse, cancel);
        if (project.PrivacyKey is { } key) address.Options = $"{address.Options} -c {PrivacyKey.SettingName}={key.SessionSetting.Reveal()}".Trim();
        if (lease is not null) address.Options = $"{address.Options} -c tributary.lease={lease}".Trim();
        return address;
    }

    private static async Task<SuccessRecords> ReadSuccessesAsync(Database database, ProjectKey key, CancellationToken cancel)
    {
        await using NpgsqlConnection connection = await database.OpenAsync(cancel);
        return await SuccessRecords.ReadAsync(connection, key, cancel);
    }
}
