using Microsoft.Extensions.Logging;
using Npgsql;
using Tributary.Core.Graph;
using Tributary.Core.Graph.Selecting;
using Tributary.Core.Models.Artifacts;
using Tributary.Core.Models.Caching;
using Tributary.Core.Models.Compiling;
using Tributary.Core.Models.Docs;
using Tributary.Core.Models.Files;
using Tributary.Core.Models.Operations;
using Tributary.Core.Models.Parsing;
using Tributary.Core.Models.Running;
using Tributary.Core.Models.Running.Checks;
using Tributary.Core.Models.Running.Hooks;
using Tributary.Core.Models.SourceFreshness;
using Tributary.Core.Models.Selecting;
using Tributary.Core.Text;

namespace Tributary.Core.Models;

/// <summary>
/// The dbt part of a project, discovered: its nodes to be planned and run, where they live, their compiled SQL. The door for
/// everything outside Models.
/// </summary>
public sealed class ModelProject
{
    private readonly ParsedProject parsed;
    private readonly ModelWorkshop workshop;

    private ModelProject(ParsedProject parsed)
    {
        this.parsed = parsed;
        workshop = new ModelWorkshop(parsed);
        Nodes = [.. parsed.Nodes.Select(Make)];
    }

    /// <summary>Enabled models, seeds and tests, in a stable order. They depend on ids of sources and of their loads too.</summary>
    public IReadOnlyList<Node> Nodes { get; }

    /// <summary>What discovery found that stops nothing; <see cref="ModelFiles.Warnings"/> has what reading found.</summary>
    public IReadOnlyList<UserError> Warnings => parsed.Warnings;

    /// <summary>Sources by id: <c>source.package.source.table</c>.</summary>
    public IReadOnlyDictionary<string, SourceTable> Sources => parsed.Sources;

    /// <summary>Models (ephemeral ones left out) and seeds with the relations that they become.</summary>
    public IReadOnlyList<ModelRelation> Relations => [.. parsed.Nodes
        .Where(node => node.Kind is not (NodeKind.Test or NodeKind.Analysis) && !node.IsEphemeral)
        .Select(node => new ModelRelation(node.Id, node.Name, node.Relation, [.. node.Columns.Select(ModelFiles.Declare)]))];

    /// <summary>Materialized views with a clock of their own.</summary>
    public IReadOnlyList<RefreshSchedule> Refreshes =>
    [
        .. from node in parsed.Nodes
           where node.Kind == NodeKind.Model && node.Config.Materialized == "materialized_view"
           let cron = (node.Config.Meta.GetValueOrDefault("tributary") as IReadOnlyDictionary<string, object?>)?.GetValueOrDefault("schedule") as string
           where cron is not null
           let indexes = node.Config["indexes"] as IEnumerable<object?> ?? []
           let hasKey = indexes.OfType<IReadOnlyDictionary<string, object?>>().Any(index => index.GetValueOrDefault("unique") is true)
           select new RefreshSchedule(node.Name, node.Relation, cron, hasKey, node.At),
    ];

    /// <summary>Discovers everything; generated models are treated as files. Throws one <see cref="UserErrorException"/> with all problems.</summary>
    public static ModelProject Load(ModelFiles files, IReadOnlyList<GeneratedModel> generated) =>
        new(files.Cached?.With(generated) ?? Parse(files, generated));

    private static ParsedProject Parse(ModelFiles files, IReadOnlyList<GeneratedModel> generated)
    {
        var parsed = ModelParser.Discover(files, generated);
        ParseCache.Save(parsed, generated, files.Reads);
        return parsed;
    }

    internal ParsedProject Parsed => parsed;

    /// <summary>Entries of <c>on-run-start</c>: those of packages by name, then the project's.</summary>
    public IReadOnlyList<Node> HooksAtStart() => Hooks(package => package.OnRunStart.Count, null);

    /// <summary>Entries of <c>on-run-end</c>, which see the results.</summary>
    public IReadOnlyList<Node> HooksAtEnd(IReadOnlyList<NodeResult> results) => Hooks(package => package.OnRunEnd.Count, results);

    /// <summary>The project's hooks go around <c>source freshness</c> too, unless a flag of dbt's says no.</summary>
    public bool HasHooksAroundFreshness => parsed.Root.Flags.GetValueOrDefault("source_freshness_run_project_hooks") is not false;

    /// <summary>
    /// Reads the templates that a plan renders, in its order, beside what the caller does: until the warehouse has answered for the first
    /// time a processor has nothing else to do. Runs to its end, or until <paramref name="stop"/>.
    /// </summary>
    public Task ReadAheadAsync(Plan plan, CancellationToken stop) => Task.Run(
        () =>
        {
            var nodes = plan.Steps.Select(step => step.Node).OfType<WarehouseNode>().Select(node => node.Parsed).ToList();
            foreach (var kind in nodes.Select(node => node.Kind == NodeKind.Test ? "test" : node.Config.Materialized).Distinct())
                parsed.Macros.Materialization(kind, parsed.Root.Name)?.File.ReadAhead();
            foreach (var node in nodes.TakeWhile(_ => !stop.IsCancellationRequested)) node.Template?.ReadAhead();
        },
        CancellationToken.None);

    private List<Node> Hooks(Func<DbtProject, int> count, IReadOnlyList<NodeResult>? results)
    {
        var packages = parsed.Files.Packages.Select(package => package.Project).Where(package => package.Name != parsed.Root.Name)
            .OrderBy(package => package.Name, StringComparer.Ordinal).Append(parsed.Root);
        return [.. packages.SelectMany(package => Enumerable.Range(0, count(package)).Select(index => (Node)new HookNode(workshop, package, index, results)))];
    }

    /// <summary>
    /// What the server would refuse of the nodes' SQL, found without building anything; <paramref name="order"/> are ids, each behind
    /// what it reads.
    /// </summary>
    public async Task<IReadOnlyList<UserError>> CheckAsync(RunContext context, IEnumerable<string> order, CancellationToken cancel)
    {
        await using var connection = await context.Database.OpenAsync(cancel);
        return await new ModelCheck(workshop, context, connection, cancel).RunAsync(order);
    }

    /// <summary>Before the first node of a run: makes the schemas that the plan writes to. Nodes that run without it make their own.</summary>
    public void Prepare(RunContext context, Plan plan, CancellationToken cancel) =>
        workshop.Prepare(context, plan.Steps.Select(step => step.Node.Id).ToHashSet(StringComparer.Ordinal), cancel);

    /// <summary>Nodes and sources as selections see them.</summary>
    public IReadOnlyList<Selectable> Selectables => new Selectables(parsed).All();

    /// <summary>The package's name of the project itself.</summary>
    public string RootPackage => parsed.Root.Name;

    /// <summary>Reads <c>selectors.yml</c>, templates in it rendered as those of other YAML files.</summary>
    public NamedSelectors ReadSelectors() => SelectorsFile.Read(parsed);

    /// <summary>A node's entry of the manifest on one line, cut to these keys; without keys, to those that <c>dbt ls</c> prints.</summary>
    public string Describe(string id, IReadOnlyCollection<string> keys) => NodeDescription.Of(parsed, id, keys);

    /// <summary>What an earlier run left in a folder, to compare with.</summary>
    public EarlierRun ReadEarlier(string folder)
    {
        var earlier = new EarlierArtifacts(Path.Combine(parsed.Files.Folder, folder));
        return new EarlierRun
        {
            Compare = CompareWith(Path.Combine(parsed.Files.Folder, folder)),
            Results = earlier.ReadResults(),
            FresherSources = earlier.ReadFresher(Path.Combine(parsed.Files.Folder, parsed.Root.TargetPath)),
        };
    }

    /// <summary>
    /// From now on references to what does not stand here lead to where the manifest of that folder has it; with
    /// <paramref name="favorsState"/> also those to what stands here and is not chosen.
    /// </summary>
    public void DeferTo(string folder, bool favorsState) =>
        parsed.Deferred = new DeferredRelations(EarlierManifest.Require(Path.Combine(parsed.Files.Folder, folder)), favorsState);

    private Func<string, string, bool>? CompareWith(string folder) =>
        EarlierManifest.Read(folder) is { } manifest ? new StateComparison(parsed, manifest).Is : null;

    /// <summary>Begins the artifacts of an invocation.</summary>
    public RunArtifacts BeginArtifacts(string runId, TimeProvider clock, ILogger logger) => new(parsed, Header(runId, clock), logger);

    /// <summary>Compiles those of these nodes that have SQL. Templates may query the warehouse; nothing is changed.</summary>
    public Task<IReadOnlyList<NodeResult>> CompileAsync(IEnumerable<Node> nodes, RunContext context, int threads, CancellationToken cancel) =>
        new Compilation(workshop, context, threads).RunAsync([.. nodes.OfType<WarehouseNode>().Where(node => node.Parsed.Template is not null || node.Parsed.Test is not null)], cancel);

    /// <summary>Where a node's compiled SQL is written, as messages show it.</summary>
    public string CompiledFile(string nodeId) => workshop.Files.Shown(Require(nodeId));

    /// <summary>
    /// Writes the documentation: <c>catalog.json</c> of what the warehouse has of the chosen (null: all), the page and its data.
    /// </summary>
    public async Task WriteDocsAsync(DocsRequest request, RunContext context, IReadOnlyList<NodeResult> compiled, CancellationToken cancel)
    {
        var header = Header(context.RunId, context.Clock);
        var catalog = request.EmptyCatalog ? WarehouseCatalog.Empty : await WarehouseCatalog.ReadAsync(context.Database, DocsRelations.Schemas(parsed), cancel);
        var code = compiled.ToDictionary(result => result.Node.Id, result => result.CompiledCode, StringComparer.Ordinal);
        await new DocsSite(parsed, header).WriteAsync(new DocsRelations(parsed, catalog, request.Chosen), code.GetValueOrDefault, request.AlsoStatic);
    }

    /// <summary>Where artifacts and the documentation are written, absolute.</summary>
    public string TargetFolder => parsed.TargetFolder;

    /// <summary>The first rows that a node's SQL returns; nothing is built.</summary>
    public Task<QueryPreview> ShowAsync(string nodeId, int limit, RunContext context, CancellationToken cancel) => ShowAsync(Require(nodeId), limit, context, cancel);

    /// <summary>The first rows of SQL from the command line, which is a template as a model is.</summary>
    public Task<QueryPreview> ShowInlineAsync(string sql, int limit, RunContext context, CancellationToken cancel) => ShowAsync(InlineSql.Node(parsed, sql), limit, context, cancel);

    /// <summary>SQL from the command line as the warehouse would get it.</summary>
    public Task<string> CompileInlineAsync(string sql, RunContext context, CancellationToken cancel) => Task.Run(
        async () =>
        {
            await using var reading = workshop.Reading(context, cancel);
            return workshop.Compiler.Compile(InlineSql.Node(parsed, sql), context, reading.Session, cancel).Sql;
        },
        cancel);

    /// <summary>Runs a macro (<c>name</c> or <c>package.name</c>) with arguments by name. Its statements commit by themselves.</summary>
    public Task RunOperationAsync(string macro, IReadOnlyDictionary<string, object?> arguments, RunContext context, CancellationToken cancel) =>
        Task.Run(() => new MacroOperation(workshop, context).RunAsync(macro, arguments, cancel), cancel);

    /// <summary>The same as one transaction that the engine commits together with the success record: all of it happens, once, or nothing.</summary>
    public Task<SuccessRecord> RunOperationAsync(string macro, IReadOnlyDictionary<string, object?> arguments, RunContext context, Success success, CancellationToken cancel) =>
        Task.Run(() => new MacroOperation(workshop, context).RunOnceAsync(macro, arguments, success, cancel), cancel);

    private async Task<QueryPreview> ShowAsync(ParsedNode node, int limit, RunContext context, CancellationToken cancel)
    {
        await using var reading = workshop.Reading(context, cancel);
        var compiled = workshop.Compiler.Compile(node, context, reading.Session, cancel);
        try
        {
            return await Preview.ReadAsync(reading.Session.Connection, compiled.Sql, limit, cancel);
        }
        catch (PostgresException error)
        {
            var shown = await workshop.Files.WriteAsync(node, compiled.Sql, cancel);
            throw DatabaseErrors.Of(error, node, compiled.Sql, compiled.Sql, shown);
        }
    }

    /// <summary>
    /// How fresh the chosen source tables are, those that ask for no check left out; so many at once. In the order of their ids.
    /// </summary>
    public async Task<IReadOnlyList<SourceFreshnessResult>> CheckFreshnessAsync(IEnumerable<string> sourceIds, int threads, RunContext context, Action<SourceFreshnessResult> ended, CancellationToken cancel)
    {
        var check = new FreshnessCheck(workshop, context);
        var asked = sourceIds.Order(StringComparer.Ordinal).Select(id => parsed.Sources.GetValueOrDefault(id)).OfType<SourceTable>()
            .Select(source => (Source: source, Rule: check.RuleOf(source))).Where(pair => pair.Rule is not null).ToArray();
        var results = new SourceFreshnessResult[asked.Length];
        var options = new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, threads), CancellationToken = cancel };
        await Parallel.ForAsync(0, asked.Length, options, async (i, stop) =>
        {
            results[i] = await check.RunAsync(asked[i].Source, asked[i].Rule!, stop); // those without were left out
            ended(results[i]);
        });
        return results;
    }

    /// <summary>Writes <c>sources.json</c> into the target folder, or the file that is named (absolute).</summary>
    public Task WriteFreshnessAsync(IReadOnlyList<SourceFreshnessResult> results, string? file, RunContext context, CancellationToken cancel) => SourcesFile.WriteAsync(
        file ?? Path.Combine(parsed.TargetFolder, SourcesFile.Name), results, parsed,
        Header(context.RunId, context.Clock), cancel);

    private ArtifactHeader Header(string runId, TimeProvider clock) => new(ArtifactHeader.Id(runId), parsed.Settings.PlainCall.StartedAt, clock.GetUtcNow());

    private ParsedNode Require(string nodeId) => parsed.Find(nodeId) ?? throw new ArgumentException($"There is no node {nodeId}.", nameof(nodeId));

    private WarehouseNode Make(ParsedNode node)
    {
        var dependsOn = DependsOn(node);
        return node switch
        {
            { Kind: NodeKind.Seed, Seed: { } file } => new SeedNode(workshop, node, dependsOn, file),
            { MacroTest: not null } => new MacroTestNode(workshop, node, dependsOn),
            { UnitTest: not null } => new UnitTestNode(workshop, node, dependsOn),
            { Kind: NodeKind.Test } => new TestNode(workshop, node, dependsOn),
            { Kind: NodeKind.Analysis } => new AnalysisNode(workshop, node, dependsOn),
            _ => new ModelNode(workshop, node, dependsOn),
        };
    }

    /// <summary>A source that is a stream's raw table waits for the stream's load.</summary>
    private string[] DependsOn(ParsedNode node) => [.. node.DependsOn.SelectMany(id =>
        parsed.Sources.TryGetValue(id, out var source)
            ? [id, .. source.Streams.Select(stream => $"load.{parsed.Settings.Project ?? parsed.Root.Name}.{stream}")]
            : new[] { id })];
}
