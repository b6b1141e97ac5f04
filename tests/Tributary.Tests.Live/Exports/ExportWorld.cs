using System.IO.Compression;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Tributary.Connectors;
using Tributary.Core.Exports;
using Tributary.Core.Graph;
using Tributary.Core.Postgres;
using Tributary.Core.Privacy;
using Tributary.Core.Text;
using Tributary.Tests.Live.Support;

namespace Tributary.Tests.Live.Exports;

/// <summary>A warehouse with schema <c>m</c>, a folder to export to, and runs over exports of its tables.</summary>
internal sealed class ExportWorld : IAsyncDisposable
{
    public static readonly DateTimeOffset AsOf = new(2025, 12, 31, 0, 0, 0, TimeSpan.Zero);
    public static readonly SourcePosition At = new("exports/x.yml", 1);
    public const string Pattern = "{yyyy}/{MM}/{dd}/engage_analytics_export_{track}_{yyyyMMdd_HHmmss}.zip";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("export");
    private readonly List<ExportRelation> relations = [];
    private readonly List<IdentifyingColumn> identifying = [];
    private SuccessRecords successes = SuccessRecords.None;
    private int runs;

    private ExportWorld(TestDatabase warehouse)
    {
        Warehouse = warehouse;
        Destination = new Folder(At, "local", folder.FullName, "out", [Track.Pii, Track.Anon, Track.Metrics]);
    }

    public TestDatabase Warehouse { get; }

    public FileDestination Destination { get; set; }

    /// <summary>Where exports to <c>charts</c> go.</summary>
    public DocumentDestination? Charts { get; set; }

    /// <summary>The run's variables.</summary>
    public IReadOnlyDictionary<string, object?> Vars { get; set; } = new Dictionary<string, object?>();

    /// <summary>What the relations are made from.</summary>
    public List<Node> Upstream { get; } = [];

    public string Root => Path.Combine(folder.FullName, "out");

    public static async Task<ExportWorld> CreateAsync(string sql)
    {
        var warehouse = await TestDatabase.CreateAsync();
        await warehouse.ExecuteAsync("create schema m;" + sql);
        return new ExportWorld(warehouse);
    }

    /// <summary>A table of schema m that was built by a node; <paramref name="columns"/> with their classes.</summary>
    public async Task AddAsync(string name, Track track, params GeneratedColumn[] columns)
    {
        relations.RemoveAll(relation => relation.Name == name);
        relations.Add(new ExportRelation(NodeOf(name), name, new Relation("m", name), track, columns, new HashSet<string>(), TwinOf: track == Track.Anon ? name[..^5] : null));
        identifying.AddRange(columns.Where(column => track == Track.Pii && column.Class is { } found && ColumnClass.Find(found)!.IsIdentifying)
            .Select(column => new IdentifyingColumn(new Relation("m", name), column.Name, column.Class!)));
        await SucceedAsync(name);
    }

    /// <summary>As if the node of the table had just been built again.</summary>
    public async Task SucceedAsync(string name)
    {
        await using var connection = await Warehouse.OpenAsync();
        var context = Context();
        successes.Committed(await new Success(NodeOf(name), "f").WriteAsync(connection, context, CancellationToken.None));
    }

    /// <summary>As if a later run had ended a node like that.</summary>
    public Task StepAsync(string node, string outcome) => Warehouse.ExecuteAsync($"""
        insert into tributary.run (run_id, project, target, verb, arguments, as_of, program_version, host, process_id, os_user, started_at)
        values ('step{++runs:D4}', 'engage', 'dev', 'build', '[]', now(), '0', 'h', 1, 'u', now());
        insert into tributary.step (run_id, node, kind, outcome, started_at, finished_at) values ('step{runs:D4}', '{node}', 'x', '{outcome}', clock_timestamp(), clock_timestamp())
        """);

    /// <summary>As if the last build of the table had failed.</summary>
    public Task FailAsync(string name) => Success.MarkStaleAsync(Context(), NodeOf(name), CancellationToken.None);

    public static Export Export(Track track, params string[] names) => new(At, TrackName(track), track, names, Pattern, ["local"]);

    /// <summary>Runs the exports of one run, in order, as the Runner does: stale ones only.</summary>
    public async Task<IReadOnlyList<Outcome>> RunAsync(params Export[] exports) => await RunAsync(Context(), exports);

    public async Task<IReadOnlyList<Outcome>> RunAsync(RunContext context, params Export[] exports)
    {
        var outcomes = new List<Outcome>();
        foreach (var node in Nodes(exports))
        {
            var freshness = await node.CheckAsync(context, CancellationToken.None);
            outcomes.Add(freshness.IsFresh ? new Outcome.Skipped(SkipReason.Fresh, freshness.Because) : await node.RunAsync(context, CancellationToken.None));
        }
        await context.Scope.DisposeAsync();
        return outcomes;
    }

    public IReadOnlyList<ExportNode> Nodes(params Export[] exports)
    {
        var problems = new Problems();
        var destinations = new Dictionary<string, Destination> { ["local"] = Destination };
        if (Charts is not null) destinations["charts"] = Charts;
        var catalog = new ExportCatalog(exports, destinations, relations, identifying) { Nodes = Upstream, Vars = Vars };
        var nodes = ExportNodes.Create(catalog, new ExportTarget("dev", false, null), "engage", problems);
        problems.ThrowIfAny();
        return nodes;
    }

    public RunContext Context(string commit = "abc") => new()
    {
        Database = Warehouse.Database,
        Clock = TimeProvider.System,
        Logger = NullLogger.Instance,
        RunId = $"run{++runs}",
        Key = new ProjectKey("engage", "dev"),
        AsOf = AsOf,
        Commit = commit,
        Successes = successes,
    };

    /// <summary>The published files, by path below the destination.</summary>
    public IReadOnlyList<string> Files() =>
        [.. Directory.EnumerateFiles(Root, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(Root, path)).Order(StringComparer.Ordinal)];

    /// <summary>One entry of a published file as text.</summary>
    public string Read(string file, string entry)
    {
        using var zip = ZipFile.OpenRead(Path.Combine(Root, file));
        using var reader = new StreamReader(zip.GetEntry(entry)!.Open(), Encoding.UTF8);
        return reader.ReadToEnd();
    }

    public static string NameOf(Track track, string suffix = "") => $"2025/12/31/engage_analytics_export_{TrackName(track)}_20251231_000000{suffix}.zip";

    private static string TrackName(Track track) => track.ToString().ToLowerInvariant();

    private static string NodeOf(string name) => $"model.engage.{name}";

    public async ValueTask DisposeAsync()
    {
        await Warehouse.DisposeAsync();
        folder.Delete(recursive: true);
    }
}
